from django.urls import include, path
from rest_framework import routers

from . import views

router = routers.SimpleRouter(trailing_slash=False)
router.register(r"books", views.Books)
router.register("authors", views.Authors, basename="author")
nested = routers.DefaultRouter()
nested.register("notes", views.Notes)

urlpatterns = [
    path("ping", views.ping),
    path("shelves/", views.Shelves.as_view()),
    path("shelves/<int:number>/", views.Shelf.as_view()),
    path("books/mine/", views.Books.as_view({"get": "list", "delete": "clear"})),
    path("more/", include(nested.urls)),
]
urlpatterns += router.urls
