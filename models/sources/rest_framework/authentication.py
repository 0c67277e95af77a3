from rest_framework.native import nobody_or_caller


class BaseAuthentication:
    """challenges: an anonymous request is answered with 401, which a way to ask for credentials goes with, else with 403."""

    challenges = False

    def authenticate(self, request):
        return None

    def authenticate_header(self, request):
        return None


def known(header):
    user = nobody_or_caller(header)
    return None if user is None else (user, None)


class SessionAuthentication(BaseAuthentication):
    def authenticate(self, request):
        return known(request.COOKIES.get("sessionid"))


class HeaderAuthentication(BaseAuthentication):
    challenges = True

    def authenticate(self, request):
        return known(request.headers.get("authorization"))


class BasicAuthentication(HeaderAuthentication):
    pass


class TokenAuthentication(HeaderAuthentication):
    keyword = "Token"
    model = None


class RemoteUserAuthentication(BaseAuthentication):
    pass


def get_authorization_header(request):
    return request.headers.get("Authorization", "")


OURS = [getattr(BaseAuthentication, "authenticate"), getattr(SessionAuthentication, "authenticate"), getattr(HeaderAuthentication, "authenticate")]


def is_ours(cls):
    """Is who is there asked as the framework does?"""
    return getattr(cls, "authenticate") is OURS[0] or getattr(cls, "authenticate") is OURS[1] or getattr(cls, "authenticate") is OURS[2]
