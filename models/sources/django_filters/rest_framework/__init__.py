from rest_framework.filterset_ import *
