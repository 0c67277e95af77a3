from django.urls import path

from . import views

app_name = "shop"
items = [
    path("", views.items),
    path("<int:item_id>/", views.Item.as_view()),
    path("contact/", views.Contact.as_view()),
    path("help/", views.TemplateView.as_view(template_name="help.html")),
]
urlpatterns = [path(f"{word}/", views.home) for word in ("about", "terms")] + items
