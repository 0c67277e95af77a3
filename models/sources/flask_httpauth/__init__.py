# Authentication by the authorization header, for Flask. Who is known is what the project's function gives; all else is answered 401.
from functools import wraps
from flask import abort, request


class HTTPAuth:
    def __init__(self, scheme=None, realm=None, header=None):
        self.scheme = scheme
        self.header = header or "Authorization"
        self.verify = None
        self.refuse = None
        self.roles = None
        self.user = None

    def get_password(self, f):
        return f

    def get_user_roles(self, f):
        self.roles = f
        return f

    def error_handler(self, f):
        self.refuse = f
        return f

    def known(self):
        return self.verify(request.headers.get(self.header))

    def current_user(self):
        return self.user

    def username(self):
        return self.user

    def login_required(self, f=None, role=None, optional=None):
        def internal(f):
            @wraps(f)
            def decorated(*args, **kwargs):
                sent = request.headers.get(self.header)
                if not optional and not sent:
                    if self.refuse:
                        return self.refuse(401)
                    abort(401)
                return f(*args, **kwargs)

            return decorated

        return internal(f) if f else internal


class HTTPTokenAuth(HTTPAuth):
    def __init__(self, scheme="Bearer", realm=None, header=None):
        super().__init__(scheme, realm, header)

    def verify_token(self, f):
        self.verify = f
        return f


class HTTPBasicAuth(HTTPAuth):
    def __init__(self, scheme="Basic", realm=None):
        super().__init__(scheme, realm)

    def verify_password(self, f):
        self.verify = f
        return f

    def hash_password(self, f):
        return f


class HTTPDigestAuth(HTTPAuth):
    def __init__(self, scheme="Digest", realm=None, use_ha1_pw=False, qop="auth", algorithm="MD5"):
        super().__init__(scheme, realm)


class MultiAuth(HTTPAuth):
    def __init__(self, main_auth, *args):
        super().__init__(main_auth.scheme, None, main_auth.header)
