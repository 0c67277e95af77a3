from django_filters import rest_framework as filters
from rest_framework import filters as rf, generics, mixins, pagination, permissions, status, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.response import Response
from rest_framework.views import APIView
from drf_spectacular.utils import extend_schema

from .models import Category, Customer, Order, Product, Review, Tag
from .serializers import BulkSerializer, CategorySerializer, CustomerSerializer, LoginSerializer, OrderSerializer, ProductSerializer, ReviewSerializer, TagSerializer


class IsOwner(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.author == request.user


class ProductFilter(filters.FilterSet):
    min_price = filters.NumberFilter(field_name="price", lookup_expr="gte")
    name = filters.CharFilter(lookup_expr="icontains")

    class Meta:
        model = Product
        fields = ["status", "available", "category"]


class ProductViewSet(viewsets.ModelViewSet):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    search_fields = ["name"]
    ordering_fields = ["price"]

    def get_permissions(self):
        if self.action in ("create", "destroy"):
            return [permissions.IsAdminUser()]
        return super().get_permissions()

    @extend_schema(request=None, responses={200: ProductSerializer})
    @action(detail=True, methods=["post"], permission_classes=[permissions.IsAuthenticated])
    def publish(self, request, pk=None):
        product = self.get_object()
        return Response(self.get_serializer(product).data)

    @action(detail=False, url_path="top-rated", serializer_class=TagSerializer, pagination_class=None, filter_backends=[])
    def top(self, request):
        return Response(TagSerializer(Tag.objects.all(), many=True).data)


class CategoryViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Category.objects.all()
    serializer_class = CategorySerializer
    lookup_field = "slug"
    pagination_class = None
    permission_classes = [permissions.AllowAny]
    filter_backends = [rf.SearchFilter]
    search_fields = ["name"]


class OrderViewSet(mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    serializer_class = OrderSerializer
    permission_classes = [permissions.IsAuthenticated & (IsOwner | permissions.IsAdminUser)]
    filterset_fields = ["customer", "paid"]

    def get_queryset(self):
        return Order.objects.filter(customer__user=self.request.user)


class TagViewSet(viewsets.ModelViewSet):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    http_method_names = ["get", "post", "delete"]


class CustomerViewSet(viewsets.ModelViewSet):
    queryset = Customer.objects.all()
    permission_classes = (permissions.IsAdminUser | IsOwner,)

    def get_serializer_class(self):
        return CustomerSerializer


class ReviewViewSet(viewsets.ModelViewSet):
    queryset = Review.objects.all()
    serializer_class = ReviewSerializer
    permission_classes = [permissions.IsAuthenticatedOrReadOnly, IsOwner]


class StatsView(APIView):
    permission_classes = [permissions.IsAdminUser]

    @extend_schema(responses=LoginSerializer)
    def get(self, request, format=None):
        return Response({"count": Product.objects.count()})


class ProductReviews(generics.ListCreateAPIView):
    serializer_class = ReviewSerializer

    def get_queryset(self):
        return Review.objects.filter(product=self.kwargs["pk"])


class ProductReview(generics.RetrieveUpdateDestroyAPIView):
    queryset = Review.objects.all()
    serializer_class = ReviewSerializer


@extend_schema(responses={200: dict})
@api_view(["GET"])
@permission_classes([permissions.AllowAny])
def ping(request):
    return Response({"pong": True})


class LoginView(generics.GenericAPIView):
    serializer_class = LoginSerializer
    permission_classes = ()
    authentication_classes = ()

    def post(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data)


class Cursor(pagination.CursorPagination):
    page_size = 10
    ordering = "id"


class CursorList(generics.ListAPIView):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    pagination_class = Cursor
    filter_backends = ()


class LimitList(generics.ListAPIView):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    pagination_class = pagination.LimitOffsetPagination
    filter_backends = []


@extend_schema(request=BulkSerializer, responses={202: BulkSerializer})
@api_view(["POST"])
def bulk(request):
    serializer = BulkSerializer(data=request.data)
    if not serializer.is_valid():
        return Response(serializer.errors, status=400)
    return Response(serializer.data, status=status.HTTP_202_ACCEPTED)
