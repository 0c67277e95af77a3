from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404 as _get_object_or_404
from rest_framework import mixins
from rest_framework.views import APIView


def get_object_or_404(queryset, *filter_args, **filter_kwargs):
    try:
        return _get_object_or_404(queryset, *filter_args, **filter_kwargs)
    except (TypeError, ValueError, ValidationError):
        raise Http404()


class GenericAPIView(APIView):
    queryset = None
    serializer_class = None
    lookup_field = "pk"
    lookup_url_kwarg = None

    def get_queryset(self):
        return self.queryset

    def filter_queryset(self, queryset):
        filters = self.__filters__
        if filters[0] is not None:
            queryset = filters[0].filter_queryset(self.request, queryset, self)
        if filters[1] is not None:
            queryset = filters[1].filter_queryset(self.request, queryset, self)
        if filters[2] is not None:
            queryset = filters[2].filter_queryset(self.request, queryset, self)
        return queryset

    def paginate_queryset(self, queryset):
        if self.paginator is None:
            return None
        return self.paginator.paginate_queryset(queryset, self.request, view=self)

    def get_paginated_response(self, data):
        return self.paginator.get_paginated_response(data)

    def get_object(self):
        queryset = self.get_queryset()  # what lists are narrowed by is said of lists
        row = queryset.find_row(self.kwargs[self.lookup_url_kwarg or self.lookup_field], self.lookup_field)
        if row is None:
            raise Http404()
        self.check_object_permissions(self.request, row)
        return row

    def get_serializer_class(self):
        return self.serializer_class

    def get_serializer_context(self):
        return {"request": self.request, "view": self}

    def get_serializer(self, instance=None, data=None, many=False, partial=False, **kwargs):
        return self.get_serializer_class()(instance, data=data, many=many, partial=partial)


class CreateAPIView(mixins.CreateModelMixin, GenericAPIView):
    def post(self, request, *args, **kwargs):
        return self.create(request, *args, **kwargs)


class ListAPIView(mixins.ListModelMixin, GenericAPIView):
    def get(self, request, *args, **kwargs):
        return self.list(request, *args, **kwargs)


class RetrieveAPIView(mixins.RetrieveModelMixin, GenericAPIView):
    def get(self, request, *args, **kwargs):
        return self.retrieve(request, *args, **kwargs)


class DestroyAPIView(mixins.DestroyModelMixin, GenericAPIView):
    def delete(self, request, *args, **kwargs):
        return self.destroy(request, *args, **kwargs)


class UpdateAPIView(mixins.UpdateModelMixin, GenericAPIView):
    def put(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)

    def patch(self, request, *args, **kwargs):
        return self.partial_update(request, *args, **kwargs)


# Those that answer several methods have what the ones of one method have.
class ListCreateAPIView(ListAPIView, CreateAPIView):
    pass


class RetrieveUpdateAPIView(RetrieveAPIView, UpdateAPIView):
    pass


class RetrieveDestroyAPIView(RetrieveAPIView, DestroyAPIView):
    pass


class RetrieveUpdateDestroyAPIView(RetrieveAPIView, UpdateAPIView, DestroyAPIView):
    pass
