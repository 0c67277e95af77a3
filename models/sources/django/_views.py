from django.native import code_in, is_code

# What stands behind a path: one endpoint for each method that a view has.
METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]


class Endpoint:
    def __init__(self, method, handler, is_rest=False, site=None):
        self.method = method  # "" any
        self.handler = handler
        self.is_rest = is_rest
        self.site = site


class Wrapped:
    """A view behind a decorator that lets some methods through."""

    def __init__(self, view, methods):
        self.view = view
        self.methods = methods

    def endpoints(self):
        found = []
        for inner in endpoints_of(self.view):
            if inner.method == "":
                for method in self.methods:
                    found.append(Endpoint(method, only(method, inner.handler), inner.is_rest))
            elif inner.method in self.methods:
                found.append(inner)
        return found


class Guarded:
    """A view that is run for callers who are known by their session; the others are refused."""

    def __init__(self, view, refuse):
        self.view = view
        self.refuse = refuse

    def __call__(self, request, *args, **kwargs):
        return guarded(self.view, self.refuse)(request, *args, **kwargs)

    def endpoints(self):
        return [Endpoint(one.method, guarded(one.handler, self.refuse), one.is_rest, one.site) for one in endpoints_of(self.view)]


def guarded(view, refuse):
    def handle(request, *args, **kwargs):
        if not request.COOKIES.get("sessionid"):
            return refuse()
        return view(request, **kwargs)

    return handle


def only(method, view):
    def handle(request, *args, **kwargs):
        request.method = method
        return view(request, **kwargs)

    return handle


def endpoints_of(view):
    if not is_code(view):
        return []  # the package of somebody else: what it answers is not known
    view = code_in(view)
    if hasattr(view, "endpoints"):
        return view.endpoints()
    return [Endpoint("", view)]
