from rest_framework.exceptions import AuthenticationFailed, ValidationError


class TokenError(Exception):
    pass


class InvalidToken(AuthenticationFailed):
    status_code = 401


class AuthenticationFailed(InvalidToken):
    pass
