# Callers known by a token in the authorization header. Without one the answer is 401, with one that is none 422.
from functools import wraps
from flask import jsonify, request
from flask_jwt_extended.native import is_valid

_callbacks = {}


class JWTManager:
    def __init__(self, app=None, add_context_processor=False):
        pass

    def init_app(self, app, add_context_processor=False):
        pass

    def unauthorized_loader(self, callback):
        _callbacks["unauthorized"] = callback
        return callback

    def invalid_token_loader(self, callback):
        _callbacks["invalid"] = callback
        return callback


def jwt_required(optional=False, fresh=False, refresh=False, locations=None, verify_type=True, skip_revocation_check=False):
    def wrapper(fn):
        @wraps(fn)
        def decorator(*args, **kwargs):
            sent = request.headers.get("Authorization")
            if not sent and not optional:
                if _callbacks.get("unauthorized"):
                    return _callbacks["unauthorized"]("Missing Authorization Header")
                return jsonify(msg="Missing Authorization Header"), 401
            if sent and not is_valid(sent):
                if _callbacks.get("invalid"):
                    return _callbacks["invalid"]("Not enough segments")
                return jsonify(msg="Not enough segments"), 422
            return fn(*args, **kwargs)

        return decorator

    return wrapper


def _plain(fn):
    """As it was before version 4: @jwt_required without parentheses."""
    return jwt_required()(fn)


jwt_refresh_token_required = _plain
fresh_jwt_required = _plain


def jwt_optional(fn):
    return jwt_required(optional=True)(fn)
