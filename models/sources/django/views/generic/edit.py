from django.views.generic import *
