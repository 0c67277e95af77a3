# What is exchanged for tokens, and what comes back.
from django.contrib.auth import get_user_model
from rest_framework.serializers import CharField, Serializer


class TokenObtainSerializer(Serializer):
    username_field = getattr(get_user_model(), "USERNAME_FIELD", "username")

    @classmethod
    def __init_subclass__(cls):
        super().__init_subclass__()
        fields = {getattr(get_user_model(), "USERNAME_FIELD", "username"): CharField(write_only=True), "password": CharField(write_only=True)}
        for name in cls.tokens:
            fields[name] = CharField(read_only=True)
        cls.settle(fields)

    tokens = []


class TokenObtainPairSerializer(TokenObtainSerializer):
    tokens = ["access", "refresh"]


class TokenObtainSlidingSerializer(TokenObtainSerializer):
    tokens = ["token"]


class TokenRefreshSerializer(Serializer):
    refresh = CharField()
    access = CharField(read_only=True)


class TokenRefreshSlidingSerializer(Serializer):
    token = CharField()


class TokenVerifySerializer(Serializer):
    token = CharField(write_only=True)


class TokenBlacklistSerializer(Serializer):
    refresh = CharField(write_only=True)
