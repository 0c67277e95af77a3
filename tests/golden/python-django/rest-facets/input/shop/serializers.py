from django.contrib.auth import get_user_model
from rest_framework import serializers

from .models import Category, Customer, Line, Order, Product, Review, Tag


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = "__all__"


class CategorySerializer(serializers.ModelSerializer):
    children = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    product_count = serializers.IntegerField(source="products.count", read_only=True)

    class Meta:
        model = Category
        fields = ["slug", "name", "parent", "children", "product_count"]


class ReviewSerializer(serializers.ModelSerializer):
    author = serializers.StringRelatedField()

    class Meta:
        model = Review
        exclude = ("product",)


class ProductSerializer(serializers.ModelSerializer):
    category = serializers.SlugRelatedField(slug_field="slug", queryset=Category.objects.all())
    tags = TagSerializer(many=True, read_only=True)
    tag_ids = serializers.PrimaryKeyRelatedField(many=True, write_only=True, queryset=Tag.objects.all(), source="tags")
    discounted = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(choices=["a", "b"], default="a")

    class Meta:
        model = Product
        fields = "__all__"
        read_only_fields = ["rating"]
        extra_kwargs = {"contact": {"required": False}, "name": {"min_length": 3}}

    def get_discounted(self, obj) -> bool:
        return False

    def validate_price(self, value):
        if value <= 0:
            raise serializers.ValidationError("must be positive")
        return value

    def validate(self, attrs):
        if attrs.get("stock", 0) > 1000:
            raise serializers.ValidationError({"stock": "too many"})
        return attrs


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Line
        fields = ("product", "quantity")


class OrderSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True)

    class Meta:
        model = Order
        fields = ("id", "customer", "note", "paid", "lines", "created")

    def create(self, validated_data):
        lines = validated_data.pop("lines")
        order = Order.objects.create(**validated_data)
        for line in lines:
            Line.objects.create(order=order, **line)
        return order


class CustomerSerializer(serializers.ModelSerializer):
    order_set = OrderSerializer(many=True, read_only=True)

    class Meta:
        model = Customer
        fields = ["id", "user", "phone", "order_set"]
        depth = 0


class LoginSerializer(serializers.Serializer):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(style={"input_type": "password"}, write_only=True)
    remember = serializers.BooleanField(required=False, default=False)
    codes = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, max_length=3)
    extra = serializers.DictField(child=serializers.CharField(), required=False)


class BulkSerializer(serializers.Serializer):
    ids = serializers.ListField(child=serializers.UUIDField())
    when = serializers.DateTimeField(allow_null=True)
