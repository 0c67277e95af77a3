from django.urls import path

import views

urlpatterns = [
    path("pets/<int:pet_id>/", views.show),
    path("first/", views.first),
    path("pets/<int:pet_id>/owner/", views.owner),
    path("page/", views.page),
    path("upload/", views.upload),
    path("form/", views.Form.as_view()),
    path("by-owner/", views.by_owner),
    path("rename/", views.rename),
]
