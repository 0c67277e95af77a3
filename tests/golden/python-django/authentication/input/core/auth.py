from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from django.contrib.auth.models import User

class KeyAuthentication(BaseAuthentication):
    def authenticate(self, request):
        key = request.headers.get("X-Api-Key")
        if not key:
            return None
        try:
            user = User.objects.get(username=key)
        except User.DoesNotExist:
            raise AuthenticationFailed("no such user")
        return (user, None)

class JwtAuthentication(BaseAuthentication):
    def authenticate(self, request):
        header = request.headers.get("Authorization")
        if not header:
            raise AuthenticationFailed("no header")
        token = header.split(" ")[1]
        user = User.objects.filter(username=token).first()
        return (user, token)
    def authenticate_header(self, request):
        return "Bearer"
