from marshmallow.decorated import behind
from marshmallow.native import as_schema, shaped


def use_kwargs(args, location="json", inherit=None, apply=None, **kwargs):
    return behind(args, location, 422, True)


def marshal_with(schema, code="default", description="", inherit=None, apply=None):
    made = as_schema(schema)

    def decorator(view):
        def wrapper(*args, **kwargs):
            view(*args, **kwargs)
            return shaped(made)

        return wrapper

    return decorator


def doc(inherit=None, **kwargs):
    return as_it_is


def as_it_is(view):
    return view
