from rest_framework.pagination import LimitOffsetPagination, PageNumberPagination


class JsonApiPageNumberPagination(PageNumberPagination):
    page_query_param = "page[number]"
    page_size_query_param = "page[size]"
    max_page_size = 100


class JsonApiLimitOffsetPagination(LimitOffsetPagination):
    limit_query_param = "page[limit]"
    offset_query_param = "page[offset]"
    max_limit = 100
