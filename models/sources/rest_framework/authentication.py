class BaseAuthentication:
    def authenticate(self, request):
        return None

    def authenticate_header(self, request):
        return None


class SessionAuthentication(BaseAuthentication):
    pass


class BasicAuthentication(BaseAuthentication):
    pass


class TokenAuthentication(BaseAuthentication):
    pass


def get_authorization_header(request):
    return request.headers.get("Authorization", "")
