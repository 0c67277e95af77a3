from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import FormView, TemplateView
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def home(request):
    return HttpResponse("home")


@login_required
@require_http_methods(["GET", "POST"])
def items(request):
    return JsonResponse({"items": []})


def archive(request, year, slug):
    return JsonResponse({"year": year})


class Item(View):
    http_method_names = ["get", "delete"]

    def get(self, request, item_id):
        return JsonResponse({"id": item_id})

    def put(self, request, item_id):
        return JsonResponse({"id": item_id})

    def delete(self, request, item_id):
        return HttpResponse(status=204)


@method_decorator(csrf_exempt, name="dispatch")
class Late(View):
    greeting = ""

    def post(self, request, key, name):
        return JsonResponse({"greeting": self.greeting})


class Contact(FormView):
    template_name = "contact.html"
