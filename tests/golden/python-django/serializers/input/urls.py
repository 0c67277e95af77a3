from django.urls import include, path
from rest_framework.routers import SimpleRouter

import api

router = SimpleRouter()
router.register("books", api.Books)

urlpatterns = [
    path("", include(router.urls)),
    path("titles/", api.Titles.as_view()),
    path("orders/", api.Orders.as_view()),
]
