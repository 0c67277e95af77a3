def never_cache(view):
    return view


def cache_page(timeout, cache=None, key_prefix=None):
    def decorator(view):
        return view

    return decorator


def cache_control(**kwargs):
    def decorator(view):
        return view

    return decorator
