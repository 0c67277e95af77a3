from django.native import decorations, pattern
from django.urls import Path
from rest_framework.decorators import Action
from rest_framework.views import RestView


class Registered:
    def __init__(self, prefix, viewset):
        self.prefix = prefix
        self.viewset = viewset


class SimpleRouter:
    trailing_slash = "/"

    def __init__(self, trailing_slash=True, use_regex_path=True):
        self.registry = []
        self.trailing_slash = "/" if trailing_slash else ""

    def register(self, prefix, viewset, basename=None, base_name=None):
        self.registry.append(Registered(prefix, viewset))

    @property
    def urls(self):
        return self.get_urls()

    def get_urls(self):
        found = []
        for one in self.registry:
            self.add_urls(found, one)
        return found

    def add_urls(self, found, one):
        cls = one.viewset
        base = pattern(one.prefix)
        item = base + "/<" + lookup_of(cls) + ">"
        lists = {"get": "list", "post": "create"}
        items = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}
        for name in dir(cls):
            function = getattr(cls, name)
            for decoration in decorations(function):
                if isinstance(decoration, Action):
                    below = pattern(decoration.url_path) if decoration.url_path else name
                    place = item if decoration.detail else base
                    actions = {}
                    for method in decoration.methods:
                        actions[method.lower()] = name
                    found.append(Path(place + "/" + below + self.trailing_slash, RestView(cls, actions, decoration.initkwargs, {name: decoration})))
        found.append(Path(base + self.trailing_slash, RestView(cls, lists, {}, {"list": one, "create": one})))
        found.append(Path(item + self.trailing_slash, RestView(cls, items, {}, {"retrieve": one, "update": one, "partial_update": one, "destroy": one})))


def lookup_of(cls):
    name = cls.lookup_url_kwarg or cls.lookup_field or "pk"
    if hasattr(cls, "lookup_value_regex"):
        return "regex(" + cls.lookup_value_regex + "):" + name
    if hasattr(cls, "lookup_value_converter"):
        return cls.lookup_value_converter + ":" + name
    return name


class DefaultRouter(SimpleRouter):
    include_root_view = True
    include_format_suffixes = True
