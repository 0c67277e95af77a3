import json

from django.http import JsonResponse
from django.views import View
from django.views.decorators.http import require_GET, require_POST
from rest_framework.decorators import api_view
from rest_framework.response import Response

from models import Pet


@require_GET
def show(request, pet_id):
    pet = Pet.objects.get(pk=pet_id)
    return JsonResponse({"name": pet.name})


@require_GET
def first(request):
    pet = Pet.objects.filter(name=request.GET.get("name")).first()
    return JsonResponse({"id": pet.id})


@require_GET
def owner(request, pet_id):
    return JsonResponse({"owner": Pet.objects.filter(pk=pet_id).first().owner.name})


@require_GET
def page(request):
    return JsonResponse({"page": int(request.GET["page"])})


@require_POST
def upload(request):
    return JsonResponse({"size": request.FILES["file"].size})


class Form(View):
    def post(self, request):
        return JsonResponse({"name": request.POST["name"]})

    def put(self, request):
        data = json.loads(request.body)
        return JsonResponse({"name": data["name"]["first"]})


@api_view(["GET"])
def by_owner(request):
    rows = Pet.objects.filter(owner_id=request.query_params.get("owner"))
    return Response([pet.name for pet in rows])


@api_view(["POST"])
def rename(request):
    return Response({"name": request.data["pet"]["name"].strip()})
