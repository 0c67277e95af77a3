def login_required(view=None, redirect_field_name="next", login_url=None):
    if view:
        return view

    def decorator(inner):
        return inner

    return decorator


def permission_required(perm, login_url=None, raise_exception=False):
    def decorator(view):
        return view

    return decorator


def user_passes_test(test_func, login_url=None, redirect_field_name="next"):
    def decorator(view):
        return view

    return decorator
