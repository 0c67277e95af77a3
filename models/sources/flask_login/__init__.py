# Callers known by their session: without one a view that asks for it is not run.
from functools import wraps
from flask import abort, redirect, request

_manager = {}


class LoginManager:
    login_view = None

    def __init__(self, app=None, add_context_processor=True):
        _manager["one"] = self
        self.refuse = None

    def init_app(self, app, add_context_processor=True):
        pass

    def user_loader(self, callback):
        return callback

    def request_loader(self, callback):
        return callback

    def unauthorized_handler(self, callback):
        self.refuse = callback
        return callback

    def unauthorized(self):
        if self.refuse:
            return self.refuse()
        if self.login_view:
            return redirect(self.login_view)
        abort(401)


def login_required(func):
    @wraps(func)
    def decorated_view(*args, **kwargs):
        if not request.cookies.get("session"):
            manager = _manager.get("one")
            if manager:
                return manager.unauthorized()
            abort(401)
        return func(*args, **kwargs)

    return decorated_view


fresh_login_required = login_required
