# What decorators of other packages do with schemas: load what a request has and hand it to the view, give its answer the schema's form.
from flask import abort, request
from marshmallow import ValidationError
from marshmallow.native import as_schema, load, many, shaped


def part(location):
    if location == "query" or location == "querystring":
        return request.args
    if location == "form":
        return request.form
    if location == "files":
        return request.files
    if location == "headers":
        return request.headers
    if location == "cookies":
        return request.cookies
    return request.get_json(silent=True)  # what is no JSON counts as nothing


def taken(location, schema, status):
    try:
        return load(part(location), schema)
    except ValidationError:
        abort(status)


def behind(schema, location, status, as_kwargs):
    """The decorator of a view that gets what is loaded behind its other arguments, or by its names."""
    made = as_schema(schema)

    def decorator(view):
        def wrapper(*args, **kwargs):
            if as_kwargs:
                return view(*args, **kwargs, **taken(location, made, status))
            return view(*args, taken(location, made, status), **kwargs)

        return wrapper

    return decorator


def formed(schema, status):
    """The decorator of a view whose answer has that form, and that status where it says no other."""
    if schema is None:
        def empty(view):
            def wrapper(*args, **kwargs):
                view(*args, **kwargs)
                return "", status

            return wrapper

        return empty
    made = as_schema(schema)

    def decorator(view):
        def wrapper(*args, **kwargs):
            view(*args, **kwargs)
            return shaped(made), status

        return wrapper

    return decorator
