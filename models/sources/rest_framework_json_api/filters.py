from rest_framework.filters import BaseFilterBackend, OrderingFilter as _Ordering


class QueryParameterValidationFilter(BaseFilterBackend):
    pass


class OrderingFilter(_Ordering):
    ordering_param = "sort"
