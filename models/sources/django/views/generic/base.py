from django._views import METHODS, Endpoint, guarded


class View:
    http_method_names = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]

    def __init__(self, **kwargs):
        for key, value in kwargs.items():
            setattr(self, key, value)

    @classmethod
    def as_view(cls, **initkwargs):
        return ClassView(cls, initkwargs)

    def setup(self, request, *args, **kwargs):
        self.request = request
        self.args = args
        self.kwargs = kwargs


class ClassView:
    def __init__(self, cls, initkwargs):
        self.cls = cls
        self.initkwargs = initkwargs

    def endpoints(self):
        found = []
        for method in METHODS:
            if method in self.cls.http_method_names and hasattr(self.cls, method) and method != "options" and method != "head":
                view = self.cls(**self.initkwargs)
                handler = plain_handler(view, method, method.upper())
                if hasattr(view, "asks_for_session"):
                    handler = guarded(handler, view.handle_no_permission)
                found.append(Endpoint(method.upper(), handler))
        return found


def plain_handler(view, name, method):
    def handle(request, *args, **kwargs):
        request.method = method
        view.request = request
        view.kwargs = kwargs
        return getattr(view, name)(request, **kwargs)

    return handle
