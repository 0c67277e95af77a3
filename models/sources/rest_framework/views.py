from django._views import METHODS, Endpoint
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from django.views.generic.base import View
from rest_framework import exceptions
from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, is_ours
from rest_framework.filters import fields_schema
from rest_framework.native import Response, caller, nobody_or_caller
from rest_framework.settings import api_settings


class Unset:
    pass


class APIView(View):
    authentication_classes = None
    permission_classes = None
    parser_classes = None
    renderer_classes = None
    throttle_classes = None
    filter_backends = None
    pagination_class = Unset
    paginator = None
    __filters__ = []
    __filterset__ = None
    __has_more__ = False
    __challenges__ = True
    __sessions__ = False
    __asks_nobody__ = False
    __authenticator__ = None
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
            self.permission_denied(request)
        if self.__has_more__:
            if permissions[1] is not None and not permissions[1].has_permission(request, self):
                self.permission_denied(request)
            if permissions[2] is not None and not permissions[2].has_permission(request, self):
                self.permission_denied(request)

    def check_object_permissions(self, request, obj):
        permissions = self.get_permissions()
        if permissions[0] is not None and not permissions[0].has_object_permission(request, self, obj):
            self.permission_denied(request)
        if self.__has_more__ and permissions[1] is not None and not permissions[1].has_object_permission(request, self, obj):
            self.permission_denied(request)

    def permission_denied(self, request, message=None, code=None):
        if self.__challenges__ and not is_known(request.user):
            raise exceptions.NotAuthenticated()
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
        return prepared(self.cls(**self.initkwargs))


def prepared(view):
    classes = view.permission_classes
    if classes is None:
        classes = api_settings.permissions
    view.__permissions__ = [one() for one in classes]
    view.__has_more__ = getattr(view, "get_permissions") is getattr(APIView(), "get_permissions")
    authenticators = view.authentication_classes
    if authenticators is None:
        authenticators = api_settings.authenticators
    if authenticators is not None:
        view.__challenges__ = len(authenticators) > 0 and challenges(authenticators[0])
        view.__sessions__ = only_sessions(authenticators)
        view.__asks_nobody__ = is_empty(authenticators)
        if len(authenticators) > 0 and is_own(authenticators[0]):
            view.__authenticator__ = authenticators[0]()
    filters = view.filter_backends
    if filters is None:
        filters = api_settings.filters
    view.__filters__ = [one() for one in filters]
    if hasattr(view, "filterset_class") and view.filterset_class:
        view.__filterset__ = view.filterset_class.__schema__
    elif hasattr(view, "filterset_fields") and view.filterset_fields:
        view.__filterset__ = fields_schema(view)
    if view.pagination_class is Unset:
        view.paginator = api_settings.pagination() if api_settings.pagination else None
    elif view.pagination_class:
        view.paginator = view.pagination_class()
    return view


def challenges(cls):
    if not hasattr(cls, "challenges"):
        return True  # a package of somebody else
    return cls.challenges or getattr(cls, "authenticate_header") is not getattr(BaseAuthentication, "authenticate_header")


def only_sessions(authenticators):
    found = False
    for one in authenticators:
        if one is not SessionAuthentication:
            return False
        found = True
    return found


def is_empty(authenticators):
    for one in authenticators:
        return False
    return True


def is_own(cls):
    """Does the project's code ask who is there?"""
    return hasattr(cls, "authenticate") and hasattr(cls, "challenges") and not is_ours(cls)


def is_known(user):
    return user is not None and user.is_authenticated


def rest_handler(view, name, method, has_anonymous):
    def handle(request, *args, **kwargs):
        request.method = method
        view.action = name
        if view.__authenticator__ is not None:
            found = view.__authenticator__.authenticate(request)
            if found is None and view.get_permissions()[0] is not None:  # what follows depends on who asks
                return finish(view, name, request, AnonymousUser(), kwargs)
            return finish(view, name, request, AnonymousUser() if found is None else found[0], kwargs)
        if view.__asks_nobody__:
            return finish(view, name, request, AnonymousUser() if has_anonymous else None, kwargs)
        header = request.COOKIES.get("sessionid") if view.__sessions__ else request.headers.get("authorization")
        request.user = caller(header) if has_anonymous else nobody_or_caller(header)
        return finish(view, name, request, request.user, kwargs)

    return handle


def finish(view, name, request, user, kwargs):
    request.user = user
    view.request = request
    view.kwargs = kwargs
    view.initial(request)
    return getattr(view, name)(request, **kwargs)


def exception_handler(error, context):
    if isinstance(error, Http404):
        return Response({"detail": "Not found."}, status=404)
    if isinstance(error, DjangoPermissionDenied):
        return Response({"detail": "Permission denied."}, status=403)
    if isinstance(error, exceptions.APIException):
        return Response({"detail": error.detail}, status=error.status_code)
    return None
