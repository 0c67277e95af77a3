from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response
from rest_framework.views import APIView


@api_view(["GET", "POST"])
def ping(request):
    return Response({})


class Shelves(APIView):
    def get(self, request):
        return Response([])


class Shelf(generics.RetrieveUpdateDestroyAPIView):
    http_method_names = ["get", "patch"]


class Base(viewsets.ReadOnlyModelViewSet):
    @action(detail=False, methods=["get", "post"], url_path=r"by/(?P<letter>[a-z])")
    def by_letter(self, request, letter=None):
        return Response([])


class Books(Base):
    lookup_field = "isbn"

    @action(methods=["put"], detail=True)
    def lend(self, request, isbn=None):
        return Response({})

    def clear(self, request):
        return Response(status=204)


class Authors(mixins.CreateModelMixin, viewsets.GenericViewSet):
    lookup_value_regex = "[0-9]+"

    @action(detail=True)
    def books(self, request, pk=None):
        return Response([])


class Notes(viewsets.ViewSet):
    def list(self, request):
        return Response([])

    def destroy(self, request, pk=None):
        return Response(status=204)
