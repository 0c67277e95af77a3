from django.conf.urls import url

urlpatterns = [url(r"^nobody/$", lambda request: None)]
