from django._views import Wrapped


def require_http_methods(request_method_list):
    def decorator(view):
        return Wrapped(view, request_method_list)

    return decorator


def require_GET(view):
    return Wrapped(view, ["GET"])


def require_POST(view):
    return Wrapped(view, ["POST"])


def require_safe(view):
    return Wrapped(view, ["GET", "HEAD"])
