from rest_framework.authentication import BaseAuthentication


class JWTAuthentication(BaseAuthentication):
    challenges = True


class JWTStatelessUserAuthentication(JWTAuthentication):
    pass


class JWTTokenUserAuthentication(JWTAuthentication):
    pass
