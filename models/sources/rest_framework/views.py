from django._views import METHODS, Endpoint
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from django.views.generic.base import View
from rest_framework import exceptions
from rest_framework.native import Response, caller, nobody_or_caller
from rest_framework.settings import api_settings


class APIView(View):
    authentication_classes = None
    permission_classes = None
    __has_more__ = False
    __permissions__ = []

    @classmethod
    def as_view(cls, **initkwargs):
        return RestView(cls, None, initkwargs)

    def get_permissions(self):
        return self.__permissions__

    def get_authenticators(self):
        return []

    def check_permissions(self, request):
        permissions = self.get_permissions()
        if permissions[0] is not None and not permissions[0].has_permission(request, self):
            raise exceptions.NotAuthenticated()
        if self.__has_more__:
            if permissions[1] is not None and not permissions[1].has_permission(request, self):
                raise exceptions.PermissionDenied()
            if permissions[2] is not None and not permissions[2].has_permission(request, self):
                raise exceptions.PermissionDenied()

    def check_object_permissions(self, request, obj):
        permissions = self.get_permissions()
        if permissions[0] is not None and not permissions[0].has_object_permission(request, self, obj):
            raise exceptions.PermissionDenied()
        if self.__has_more__ and permissions[1] is not None and not permissions[1].has_object_permission(request, self, obj):
            raise exceptions.PermissionDenied()

    def permission_denied(self, request, message=None, code=None):
        raise exceptions.PermissionDenied()

    def initial(self, request, *args, **kwargs):
        self.check_permissions(request)


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
                site = self.sites.get(name) if self.sites else None
                found.append(Endpoint(method.upper(), rest_handler(self.prepared(), name, method.upper(), api_settings.anonymous), True, site))
        return found

    def prepared(self):
        view = self.cls(**self.initkwargs)
        classes = view.permission_classes
        if classes is None:
            classes = api_settings.permissions
        return with_permissions(view, classes)


def with_permissions(view, classes):
    view.__permissions__ = [one() for one in classes]
    view.__has_more__ = getattr(view, "get_permissions") is getattr(APIView(), "get_permissions")
    return view


def rest_handler(view, name, method, has_anonymous):
    def handle(request, *args, **kwargs):
        request.method = method
        header = request.headers.get("authorization")
        request.user = caller(header) if has_anonymous else nobody_or_caller(header)
        view.request = request
        view.kwargs = kwargs
        view.action = name
        view.initial(request)
        return getattr(view, name)(request, **kwargs)

    return handle


def exception_handler(error, context):
    if isinstance(error, Http404):
        return Response({"detail": "Not found."}, status=404)
    if isinstance(error, DjangoPermissionDenied):
        return Response({"detail": "Permission denied."}, status=403)
    if isinstance(error, exceptions.APIException):
        return Response({"detail": error.detail}, status=error.status_code)
    return None
