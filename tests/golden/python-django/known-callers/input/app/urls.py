from django.contrib.auth.decorators import login_required
from django.urls import path
from app import views

urlpatterns = [
    path("open/", views.open_to_all),
    path("mine/<int:number>/", views.mine),
    path("called/", views.called),
    path("stocked/", views.stocked),
    path("sent/", views.sent),
    path("kept/", views.kept),
    path("shown/", login_required(views.Shown.as_view())),
    path("asked/", views.Asked.as_view()),
    path("allowed/", views.Allowed.as_view()),
]
