# Views that give and check tokens. A token or password that is not right is answered with 401.
from rest_framework import generics
from rest_framework.native import Response, is_found
from rest_framework_simplejwt import serializers
from rest_framework_simplejwt.exceptions import InvalidToken


class TokenViewBase(generics.GenericAPIView):
    permission_classes = ()
    authentication_classes = ()
    serializer_class = None

    def post(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        if not is_found(serializer.validated_data):
            raise InvalidToken()
        return Response(serializer.data, status=200)


class TokenObtainPairView(TokenViewBase):
    serializer_class = serializers.TokenObtainPairSerializer


class TokenRefreshView(TokenViewBase):
    serializer_class = serializers.TokenRefreshSerializer


class TokenObtainSlidingView(TokenViewBase):
    serializer_class = serializers.TokenObtainSlidingSerializer


class TokenRefreshSlidingView(TokenViewBase):
    serializer_class = serializers.TokenRefreshSlidingSerializer


class TokenVerifyView(TokenViewBase):
    serializer_class = serializers.TokenVerifySerializer


class TokenBlacklistView(TokenViewBase):
    serializer_class = serializers.TokenBlacklistSerializer
