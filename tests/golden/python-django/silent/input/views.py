import json

from django.http import Http404, JsonResponse
from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDictKeyError
from django.views import View
from django.views.decorators.http import require_GET, require_POST
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from models import Pet


class RenameSerializer(serializers.Serializer):
    name = serializers.CharField()


@require_GET
def show(request, pet_id):
    try:
        pet = Pet.objects.get(pk=pet_id)
    except Pet.DoesNotExist:
        raise Http404("no pet")
    return JsonResponse({"name": pet.name})


@require_GET
def first(request):
    pet = Pet.objects.filter(name=request.GET.get("name")).first()
    if pet is None:
        return JsonResponse({}, status=404)
    return JsonResponse({"id": pet.id})


@require_GET
def owner(request, pet_id):
    pet = get_object_or_404(Pet, pk=pet_id)
    return JsonResponse({"owner": pet.owner.name if pet.owner else None})


@require_GET
def page(request):
    try:
        return JsonResponse({"page": int(request.GET["page"])})
    except (MultiValueDictKeyError, ValueError):
        return JsonResponse({}, status=400)


@require_POST
def upload(request):
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({}, status=400)
    return JsonResponse({"size": file.size})


class Form(View):
    def post(self, request):
        return JsonResponse({"name": request.POST.get("name", "")})

    def put(self, request):
        try:
            data = json.loads(request.body)
        except ValueError:
            return JsonResponse({}, status=400)
        if not isinstance(data, dict) or not isinstance(data.get("name"), str):
            return JsonResponse({}, status=400)
        return JsonResponse({"name": data["name"].strip()})


@api_view(["GET"])
def by_owner(request):
    try:
        owner = int(request.query_params.get("owner", ""))
        pet = Pet.objects.get(owner_id=owner)
    except (ValueError, ObjectDoesNotExist):
        raise NotFound()
    return Response({"name": pet.name})


@api_view(["POST"])
def rename(request):
    form = RenameSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    return Response({"name": form.validated_data["name"].strip()})
