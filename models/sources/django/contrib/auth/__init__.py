from django.contrib.auth.models import User
from django.db.models import NAMED
from django.native import find_or_none


def get_user_model():
    return NAMED.get("User") or User


def authenticate(request=None, **credentials):
    return find_or_none(credentials, get_user_model()())


def login(request, user, backend=None):
    pass


def logout(request):
    pass


def update_session_auth_hash(request, user):
    pass
