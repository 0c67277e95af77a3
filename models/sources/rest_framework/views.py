from django._views import METHODS, Endpoint
from django.views.generic.base import View


class APIView(View):
    authentication_classes = None
    permission_classes = None

    @classmethod
    def as_view(cls, **initkwargs):
        return RestView(cls, None, initkwargs)


class RestView:
    """A view class, and the methods with what each of them runs: the actions of a view set."""

    def __init__(self, cls, actions, initkwargs, sites=None):
        self.cls = cls
        self.actions = actions
        self.initkwargs = initkwargs
        self.sites = sites

    def endpoints(self):
        found = []
        for method in METHODS:
            if method == "head" or method == "options" or method not in self.cls.http_method_names:
                continue
            name = method
            if self.actions is not None:
                name = self.actions.get(method)
            if name and hasattr(self.cls, name):
                view = self.cls(**self.initkwargs)
                if self.actions is not None:
                    view.action = name
                site = self.sites.get(name) if self.sites else None
                found.append(Endpoint(method.upper(), rest_handler(view, name), True, site))
        return found


def rest_handler(view, name):
    def handle(request, *args, **kwargs):
        view.request = request
        view.kwargs = kwargs
        return getattr(view, name)(request, **kwargs)

    return handle


def exception_handler(error, context):
    return None
