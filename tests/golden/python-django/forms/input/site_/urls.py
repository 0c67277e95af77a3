from django.urls import path
from shop import views
urlpatterns = [path("orders/", views.order), path("items/", views.ItemCreate.as_view()), path("items/<int:pk>/edit/", views.edit_item), path("contact/", views.Contact.as_view()), path("search/", views.search), path("raw/", views.raw)]
