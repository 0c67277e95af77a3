from django.http import JsonResponse
from django.urls import path
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.views import APIView

from middleware import ShopError


class Busy(APIException):
    status_code = 409


class IsStaff(BasePermission):
    def has_permission(self, request, view):
        return request.user.is_authenticated and request.user.is_staff


class Usual(APIView):
    def get(self, request):
        return Response({"name": request.user.username})


class Open(APIView):
    permission_classes = [AllowAny]

    def get(self, request):
        if request.query_params.get("busy"):
            raise Busy()
        return Response({})


class Reading(APIView):
    permission_classes = (IsAuthenticatedOrReadOnly,)

    def get(self, request):
        return Response({})

    def post(self, request):
        return Response({}, status=201)


class Staff(APIView):
    def get_permissions(self):
        return [IsStaff()] if self.request.method == "DELETE" else [AllowAny()]

    def get(self, request):
        return Response({})

    def delete(self, request):
        return Response(status=204)


@api_view(["GET"])
@permission_classes([AllowAny])
def free(request):
    return Response({})


def plain(request):
    if request.method == "POST":
        raise ShopError("no", 409)
    return JsonResponse({})


urlpatterns = [
    path("usual/", Usual.as_view()),
    path("open/", Open.as_view()),
    path("reading/", Reading.as_view()),
    path("staff/", Staff.as_view()),
    path("free/", free),
    path("plain/", plain),
]
