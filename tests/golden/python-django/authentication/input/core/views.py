from rest_framework.views import APIView
from rest_framework.response import Response
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.authentication import TokenAuthentication, BasicAuthentication, SessionAuthentication
from rest_framework.permissions import IsAuthenticated, AllowAny
from .auth import KeyAuthentication, JwtAuthentication

class Session(APIView):
    def get(self, request):
        return Response({"u": request.user.username})
class Token(APIView):
    authentication_classes = [TokenAuthentication]
    def get(self, request):
        return Response({"u": request.user.username})
class Basic(APIView):
    authentication_classes = [BasicAuthentication, SessionAuthentication]
    def get(self, request):
        return Response({})
class Key(APIView):
    authentication_classes = [KeyAuthentication]
    permission_classes = [IsAuthenticated]
    def get(self, request):
        return Response({"u": request.user.username})
class Jwt(APIView):
    authentication_classes = [JwtAuthentication]
    def get(self, request):
        return Response({})
class Open(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    def get(self, request):
        return Response({})
@api_view(["GET", "POST"])
@authentication_classes([TokenAuthentication])
@permission_classes([IsAuthenticated])
def func(request):
    return Response({"x": request.data.get("a")})
