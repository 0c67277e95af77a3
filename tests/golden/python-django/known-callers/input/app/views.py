from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.http import JsonResponse
from django.views import View
from django.views.decorators.http import require_GET, require_http_methods, require_POST

SHELF = {1: "a", 2: "b"}


@require_GET
def open_to_all(request):
    return JsonResponse({"open": True})


@login_required
@require_GET
def mine(request, number):
    return JsonResponse({"title": SHELF[number]})


@require_GET
@login_required(login_url="/in/")
def called(request):
    return JsonResponse({"name": request.GET["name"]})


@permission_required("app.stock", raise_exception=True)
@require_POST
def stocked(request):
    return JsonResponse({"title": request.POST["title"]})


@require_GET
@permission_required("app.sent")
def sent(request):
    return JsonResponse({"sent": True})


@permission_required("app.kept")
@require_http_methods(["GET", "DELETE"])
def kept(request):
    return JsonResponse({"kept": True})


class Shown(View):
    def get(self, request):
        return JsonResponse({"shown": True})


class Asked(LoginRequiredMixin, View):
    def get(self, request):
        return JsonResponse({"asked": True})


class Allowed(PermissionRequiredMixin, View):
    permission_required = "app.allowed"
    raise_exception = True

    def post(self, request):
        return JsonResponse({"title": request.POST["title"]})
