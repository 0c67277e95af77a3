from rest_framework.authentication import HeaderAuthentication


class JWTAuthentication(HeaderAuthentication):
    pass


class JWTStatelessUserAuthentication(JWTAuthentication):
    pass


class JWTTokenUserAuthentication(JWTAuthentication):
    pass
