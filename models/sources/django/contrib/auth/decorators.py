# Who is not known by a session is sent to log in, or refused where the permission says so; what a known caller may do is not known.
from django._views import Guarded
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect


def to_login():
    return HttpResponseRedirect("")


def denied():
    raise PermissionDenied()


def login_required(view=None, redirect_field_name="next", login_url=None):
    if view:
        return Guarded(view, to_login)

    def decorator(inner):
        return Guarded(inner, to_login)

    return decorator


def permission_required(perm, login_url=None, raise_exception=False):
    def decorator(view):
        return Guarded(view, denied if raise_exception else to_login)

    return decorator


def user_passes_test(test_func, login_url=None, redirect_field_name="next"):
    def decorator(view):
        return view

    return decorator
