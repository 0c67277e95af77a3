from rest_framework.native import Response
