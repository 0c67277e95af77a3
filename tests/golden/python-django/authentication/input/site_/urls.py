from django.urls import path
from core import views
urlpatterns = [path("s/", views.Session.as_view()), path("t/", views.Token.as_view()), path("k/", views.Key.as_view()), path("b/", views.Basic.as_view()), path("f/", views.func), path("j/", views.Jwt.as_view()), path("open/", views.Open.as_view())]
