from marshmallow.decorated import behind, formed


def body(schema, location="json", media_type=None):
    return behind(schema, location, 400, False)


def arguments(schema, location="query"):
    return behind(schema, location, 400, False)


def response(schema, status_code=200, description=None, headers=None):
    return formed(schema, status_code)


def other_responses(responses):
    return as_it_is


def authenticate(auth, **kwargs):
    return auth.login_required(**kwargs)


def webhook(*args, **kwargs):
    return as_it_is


def as_it_is(view):
    return view
