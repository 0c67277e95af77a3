from django.urls import include, url
