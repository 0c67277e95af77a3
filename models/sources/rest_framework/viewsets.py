from rest_framework import generics, mixins
from rest_framework.views import APIView, RestView


class ViewSetMixin:
    @classmethod
    def as_view(cls, actions=None, **initkwargs):
        return RestView(cls, actions, initkwargs)


class ViewSet(ViewSetMixin, APIView):
    pass


class GenericViewSet(ViewSetMixin, generics.GenericAPIView):
    pass


class ReadOnlyModelViewSet(mixins.RetrieveModelMixin, mixins.ListModelMixin, GenericViewSet):
    pass


class ModelViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    mixins.ListModelMixin,
    GenericViewSet,
):
    pass
