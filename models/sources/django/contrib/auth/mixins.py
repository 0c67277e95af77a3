# What the decorators do, for views that are classes.
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect


class AccessMixin:
    login_url = None
    permission_denied_message = ""
    raise_exception = False
    redirect_field_name = "next"

    def handle_no_permission(self):
        if self.raise_exception:
            raise PermissionDenied()
        return HttpResponseRedirect("")


class LoginRequiredMixin(AccessMixin):
    asks_for_session = True


class PermissionRequiredMixin(AccessMixin):
    asks_for_session = True
    permission_required = None
