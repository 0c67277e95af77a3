from django.native import application, code_in, import_module, import_name, library, modules_with, pattern
from django._views import endpoints_of
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.settings import api_settings
import rest_framework.native as rest


class Path:
    def __init__(self, route, view):
        self.route = route
        self.view = view


class Included:
    def __init__(self, patterns):
        self.patterns = patterns


def include(arg, namespace=None):
    if isinstance(arg, (list, tuple)) and (isinstance(arg[0], (str, list)) or hasattr(arg[0], "urlpatterns")):
        arg = arg[0]  # with the name of a namespace
    if isinstance(arg, str):
        arg = import_module(arg)
    if isinstance(arg, list):
        return Included(arg)
    return Included(arg.urlpatterns)


def path(route, view, kwargs=None, name=None):
    return Path(route, view)


def re_path(route, view, kwargs=None, name=None):
    return Path(pattern(route), view)


def url(regex, view, kwargs=None, name=None):
    return Path(pattern(regex), view)


def reverse(viewname, urlconf=None, args=None, kwargs=None, current_app=None):
    return ""


def reverse_lazy(viewname, urlconf=None, args=None, kwargs=None, current_app=None):
    return ""


class Places:
    def __init__(self, plain, rest):
        self.plain = plain
        self.rest = rest

    def add(self, prefix, patterns):
        for one in code_in(patterns):
            if not isinstance(one, Path):
                continue
            whole = prefix + one.route
            if isinstance(one.view, Included):
                self.add(whole, one.view.patterns)
            elif isinstance(one.view, tuple):  # admin.site.urls and the like
                continue
            else:
                self.add_view(whole, one)

    def add_view(self, whole, one):
        for endpoint in endpoints_of(one.view):
            place = self.rest if endpoint.is_rest else self.plain
            if endpoint.method == "":
                place.dispatch(whole, "", endpoint.handler, endpoint.site or one)
            else:
                place.route(whole, endpoint.method, endpoint.handler, endpoint.site or one)


def catcher(middleware):
    def handle(error, request):
        return middleware.process_exception(request, error)

    return handle


def prepare(settings, places):
    said = getattr(settings, "REST_FRAMEWORK", {})
    api_settings.permissions = [import_name(one, settings) if isinstance(one, str) else one for one in said.get("DEFAULT_PERMISSION_CLASSES", [])]
    if "DEFAULT_AUTHENTICATION_CLASSES" in said:
        api_settings.authenticators = [import_name(one, settings) if isinstance(one, str) else one for one in said["DEFAULT_AUTHENTICATION_CLASSES"]]
    else:
        api_settings.authenticators = [SessionAuthentication, BasicAuthentication]
    if said.get("DEFAULT_PAGINATION_CLASS"):
        api_settings.pagination = import_name(said["DEFAULT_PAGINATION_CLASS"], settings)
    api_settings.page_size = said.get("PAGE_SIZE")
    api_settings.filters = [import_name(one, settings) if isinstance(one, str) else one for one in said.get("DEFAULT_FILTER_BACKENDS", [])]
    if "UNAUTHENTICATED_USER" in said and said["UNAUTHENTICATED_USER"] is None:
        api_settings.anonymous = False
    if "EXCEPTION_HANDLER" in said:
        places.rest.catch(Exception, import_name(said["EXCEPTION_HANDLER"], settings))
    for name in reversed(getattr(settings, "MIDDLEWARE", [])):
        cls = import_name(name, settings)
        if hasattr(cls, "process_exception"):
            middleware = cls(None)
            places.plain.catch(Exception, catcher(middleware))
            places.rest.catch(Exception, catcher(middleware))


def __start__():
    roots = modules_with("ROOT_URLCONF")
    if roots:
        done = []
        places = Places(application(), rest.application())
        for settings in roots:
            if settings.ROOT_URLCONF not in done:
                done.append(settings.ROOT_URLCONF)
                prepare(settings, places)
                places.add("/", import_module(settings.ROOT_URLCONF, settings).urlpatterns)
    else:
        places = Places(library(), rest.library())
        for module in modules_with("urlpatterns"):
            places.add("/", module.urlpatterns)
