from django.urls import path
from . import views

urlpatterns = [
    path('notes/', views.create_note),
    path('notes/<str:pk>/', views.show_note),
    path('notes/<str:pk>/remove/', views.remove_note),
]
