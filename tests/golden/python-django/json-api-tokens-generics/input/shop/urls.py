from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from shop.views import TagViewSet

router = DefaultRouter()
router.register("tags", TagViewSet)

urlpatterns = [
    path("token/", TokenObtainPairView.as_view()),
    path("token/refresh/", TokenRefreshView.as_view()),
    path("", include((router.urls, "api"), namespace="v1")),
]
