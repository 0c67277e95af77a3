from django.contrib import admin
from django.urls import include, path, re_path

from shop import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.home),
    path("shop/", include("shop.urls", namespace="shop")),
    path("api/v1/", include(("shop.api.urls", "api"))),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<slug>[\w-]+)/$", views.archive),
]

urlpatterns += [path("late/<uuid:key>/<slug:name>", views.Late.as_view(greeting="hello"))]
