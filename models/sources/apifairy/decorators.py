# What they take is checked by marshmallow, with 400 for what does not pass; what they give is shaped by it.
from functools import wraps
from flask import abort, jsonify, request
from marshmallow import ValidationError


def _made(schema):
    return schema() if isinstance(schema, type) else schema


def _read(location):
    if location == "json":
        return request.get_json(silent=True)
    if location == "form" or location == "files":
        return request.form
    if location == "headers":
        return request.headers
    if location == "cookies":
        return request.cookies
    return request.args


def authenticate(auth, **kwargs):
    def decorator(f):
        return auth.login_required(**kwargs)(f)

    return decorator


def _taken(schema, location):
    def decorator(f):
        @wraps(f)
        def taken(*args, **kwargs):
            try:
                data = schema.load(_read(location))
            except ValidationError as error:
                abort(400, "Validation Error")
            return f(*args, data, **kwargs)

        return taken

    return decorator


def arguments(schema, location="query", **kwargs):
    return _taken(_made(schema), location)


def body(schema, location="json", media_type=None, **kwargs):
    return _taken(_made(schema), location)


def response(schema, status_code=200, description=None, headers=None):
    schema = _made(schema)

    def decorator(f):
        @wraps(f)
        def given(*args, **kwargs):
            answer = f(*args, **kwargs)
            if isinstance(answer, tuple):
                return jsonify(schema.dump(answer[0])), status_code
            return jsonify(schema.dump(answer)), status_code

        return given

    return decorator


def other_responses(responses):
    def decorator(f):
        return f

    return decorator


def webhook(method="GET", blueprint=None, endpoint=None):
    def decorator(f):
        return f

    return decorator
