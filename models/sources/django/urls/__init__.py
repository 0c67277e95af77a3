from django.native import application, import_module, library, modules_with, pattern
from django._views import endpoints_of
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
        for one in patterns:
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
            place.route(whole, endpoint.method, endpoint.handler, endpoint.site or one)


def __start__():
    roots = modules_with("ROOT_URLCONF")
    if roots:
        done = []
        places = Places(application(), rest.application())
        for settings in roots:
            if settings.ROOT_URLCONF not in done:
                done.append(settings.ROOT_URLCONF)
                places.add("/", import_module(settings.ROOT_URLCONF, settings).urlpatterns)
    else:
        places = Places(library(), rest.library())
        for module in modules_with("urlpatterns"):
            places.add("/", module.urlpatterns)
