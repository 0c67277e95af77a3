from rest_framework.native import caller


class BaseAuthentication:
    """challenges: an anonymous request is answered with 401, which a way to ask for credentials goes with, else with 403."""

    challenges = False

    def authenticate(self, request):
        return None

    def authenticate_header(self, request):
        return None


class SessionAuthentication(BaseAuthentication):
    pass


class BasicAuthentication(BaseAuthentication):
    challenges = True


class TokenAuthentication(BaseAuthentication):
    challenges = True
    keyword = "Token"
    model = None


class RemoteUserAuthentication(BaseAuthentication):
    pass


def get_authorization_header(request):
    return request.headers.get("Authorization", "")
