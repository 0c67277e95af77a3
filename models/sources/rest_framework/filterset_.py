# The filters of django_filters (whose own folder "rest_framework" would be found in place of this one): parameters of the query, which are refused
# when they are malformed.
from rest_framework.exceptions import ValidationError
from rest_framework.filters import of_model
from rest_framework.native import anything, boolean, choice, number, properties, string, validate
from rest_framework.serializers import key_of, values_of


class Filter:
    def __init__(self, field_name=None, lookup_expr=None, method=None, choices=None, required=False, queryset=None, **kwargs):
        self.field_name = field_name
        self.choices = choices
        self.required = required
        self.queryset = queryset

    def plain(self):
        return anything()

    def schema(self):
        made = self.plain()
        return made if self.required else made.optional()


class CharFilter(Filter):
    def plain(self):
        return string()


class NumberFilter(Filter):
    def plain(self):
        return number()


class BooleanFilter(Filter):
    def plain(self):
        return boolean()


class UUIDFilter(Filter):
    def plain(self):
        return string().uuid()


class DateFilter(Filter):
    def plain(self):
        return string().date()


class DateTimeFilter(Filter):
    def plain(self):
        return string().date_time()


class IsoDateTimeFilter(DateTimeFilter):
    pass


class TimeFilter(Filter):
    def plain(self):
        return string()


class ChoiceFilter(Filter):
    def plain(self):
        if isinstance(self.choices, (list, dict)):
            return choice(values_of(self.choices))
        return string()


class TypedChoiceFilter(ChoiceFilter):
    pass


class MultipleChoiceFilter(ChoiceFilter):
    pass


class AllValuesFilter(CharFilter):
    pass


class ModelChoiceFilter(Filter):
    def plain(self):
        if self.queryset is not None:
            return key_of(self.queryset.model)
        return anything()


class ModelMultipleChoiceFilter(Filter):
    pass


class BaseInFilter(CharFilter):
    pass


class BaseRangeFilter(CharFilter):
    pass


class OrderingFilter(CharFilter):
    pass


class LookupChoiceFilter(CharFilter):
    pass


class FilterSet:
    __schema__ = None

    def __init__(self, data=None, queryset=None, request=None, prefix=None):
        self.data = data
        self.queryset = queryset
        self.request = request

    @classmethod
    def __init_subclass__(cls):
        found = {}
        for name in dir(cls):
            one = getattr(cls, name)
            if isinstance(one, Filter):
                found[name] = one.schema()
        meta = getattr(cls, "Meta", None)
        if meta:
            of_model(found, getattr(meta, "model", None), getattr(meta, "fields", None))
        cls.__schema__ = properties(found)

    @property
    def qs(self):
        validate(self.data, self.__schema__)
        return self.queryset


class DjangoFilterBackend:
    def filter_queryset(self, request, queryset, view):
        if view.__filterset__ is not None:
            try:
                validate(request.query_params, view.__filterset__)
            except Exception:
                raise ValidationError("invalid")
        return queryset
