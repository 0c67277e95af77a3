from django._views import Endpoint
from rest_framework.settings import api_settings
from rest_framework.views import APIView, prepared
from rest_framework.native import caller, nobody_or_caller


class FunctionView:
    def __init__(self, view, methods):
        self.view = view
        self.methods = methods

    def endpoints(self):
        made = APIView()
        made.permission_classes = getattr(self.view, "permission_classes", None)
        made.authentication_classes = getattr(self.view, "authentication_classes", None)
        made = prepared(made)
        return [Endpoint(method.upper(), function_handler(made, self.view, method.upper(), api_settings.anonymous), True) for method in self.methods]


def function_handler(made, view, method, has_anonymous):
    def handle(request, *args, **kwargs):
        request.method = method
        header = request.headers.get("authorization")
        request.user = caller(header) if has_anonymous else nobody_or_caller(header)
        made.initial(request)
        return view(request, **kwargs)

    return handle


def api_view(http_method_names=None):
    methods = http_method_names or ["GET"]

    def decorator(view):
        return FunctionView(view, methods)

    return decorator


class Action:
    def __init__(self, methods, detail, url_path, initkwargs):
        self.methods = methods
        self.detail = detail
        self.url_path = url_path
        self.initkwargs = initkwargs


def action(methods=None, detail=None, url_path=None, url_name=None, **kwargs):
    return Action(methods or ["get"], detail, url_path, kwargs)


def detail_route(methods=None, **kwargs):
    return Action(methods or ["get"], True, kwargs.get("url_path"), {})


def list_route(methods=None, **kwargs):
    return Action(methods or ["get"], False, kwargs.get("url_path"), {})


def permission_classes(classes):
    def decorator(view):
        view.permission_classes = classes
        return view

    return decorator


def authentication_classes(classes):
    def decorator(view):
        view.authentication_classes = classes
        return view

    return decorator


def parser_classes(classes):
    def decorator(view):
        return view

    return decorator


def renderer_classes(classes):
    def decorator(view):
        return view

    return decorator


def throttle_classes(classes):
    def decorator(view):
        return view

    return decorator
