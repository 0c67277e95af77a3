from rest_framework.authentication import BasicAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ModelViewSet
from rest_framework_json_api import serializers

from shop.models import Tag


class Basic(BasicAuthentication):
    def authenticate(self, request):
        found = super().authenticate(request)
        return found


class TagSerializer(serializers.ModelSerializer[Tag]):
    class Meta:
        model = Tag
        fields = ["id", "slug", "weight"]


class TagViewSet(ModelViewSet[Tag]):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"
    http_method_names = ["get", "post"]
