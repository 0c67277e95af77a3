from rest_framework import generics, serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from models import Book


class BookSerializer(serializers.ModelSerializer):
    note = serializers.CharField(write_only=True, max_length=40, required=False)
    label = serializers.SerializerMethodField()

    class Meta:
        model = Book
        exclude = ["secret"]
        read_only_fields = ["price"]
        extra_kwargs = {"pages": {"min_value": 1}}

    def get_label(self, book):
        return book.title


class LineSerializer(serializers.Serializer):
    book = serializers.IntegerField(min_value=1)
    amount = serializers.IntegerField(default=1, max_value=9)


class OrderSerializer(serializers.Serializer):
    email = serializers.EmailField()
    gift = serializers.BooleanField(default=False)
    size = serializers.ChoiceField(choices=[("s", "small"), ("l", "large")])
    words = serializers.ListField(child=serializers.CharField(max_length=5), required=False)
    key = serializers.UUIDField(allow_null=True)
    lines = LineSerializer(many=True)


class Books(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer
    http_method_names = ["get", "post", "patch"]


class Small(BookSerializer):
    class Meta:
        model = Book
        fields = ("id", "title")


class Titles(generics.ListCreateAPIView):
    queryset = Book.objects.all()

    def get_serializer_class(self):
        return Small


class Orders(APIView):
    def put(self, request):
        form = OrderSerializer(data=request.data)
        if not form.is_valid():
            return Response(form.errors, status=422)
        return Response(form.data, status=201)
