# What lists are narrowed by: parameters of the query.
from django.db import models
from rest_framework.native import anything, boolean, choice, number, properties, string
from rest_framework.serializers import key_of, values_of


class BaseFilterBackend:
    def filter_queryset(self, request, queryset, view):
        return queryset


class SearchFilter(BaseFilterBackend):
    search_param = "search"

    def filter_queryset(self, request, queryset, view):
        request.query_params.get(self.search_param)
        return queryset


class OrderingFilter(BaseFilterBackend):
    ordering_param = "ordering"

    def filter_queryset(self, request, queryset, view):
        request.query_params.get(self.ordering_param)
        return queryset


# Parameters that are made of columns: what django_filters does with `filterset_fields`.
def filter_of(column, lookup):
    if lookup == "isnull":
        return boolean()
    if lookup == "in" or lookup == "range" or lookup == "icontains" or lookup == "contains" or lookup == "startswith" or lookup == "istartswith":
        return string()
    if lookup == "year" or lookup == "month" or lookup == "day":
        return number()
    if column.choices is not None:
        return choice(values_of(column.choices))
    if isinstance(column, models.ForeignKey) or isinstance(column, models.ManyToManyField):
        return key_of(column.target())
    if isinstance(column, models.BooleanField):
        return boolean()
    if isinstance(column, models.NumberColumn) or isinstance(column, models.FloatField) or isinstance(column, models.DecimalField):
        return number()
    if isinstance(column, models.UUIDField):
        return string().uuid()
    if isinstance(column, models.DateTimeField):
        return string().date_time()
    if isinstance(column, models.DateField):
        return string().date()
    return string()


def column_at(columns, name):
    """"customer__name": through what it refers to."""
    if name in columns:
        return columns[name]
    parts = name.split("__")
    column = columns.get(parts[0])
    if len(parts) == 2 and column is not None and (isinstance(column, models.ForeignKey) or isinstance(column, models.ManyToManyField)):
        to = column.target()
        if to and hasattr(to, "__fields__"):
            return to.__fields__.get(parts[1])
    return None


def of_model(found, model, fields):
    columns = model.__fields__ if model and hasattr(model, "__fields__") else {}
    if isinstance(fields, dict):
        for name, lookups in fields.items():
            for lookup in lookups:
                shown = name if lookup == "exact" else name + "__" + lookup
                if shown not in found:
                    column = column_at(columns, name)
                    found[shown] = filter_of(column, lookup).optional() if column is not None else anything().optional()
    elif isinstance(fields, (list, tuple)):
        for name in fields:
            if name not in found:
                column = column_at(columns, name)
                found[name] = filter_of(column, "exact").optional() if column is not None else anything().optional()


def fields_schema(view):
    found = {}
    model = None
    if view.queryset is not None:
        model = view.queryset.model
    elif view.serializer_class and hasattr(view.serializer_class, "Meta"):
        model = getattr(view.serializer_class.Meta, "model", None)
    of_model(found, model, view.filterset_fields)
    return properties(found)
