from django.http import JsonResponse
from rest_framework.views import exception_handler


class ShopError(Exception):
    def __init__(self, message, status=400):
        self.message = message
        self.status = status


class Errors:
    def __init__(self, get_response):
        self.get_response = get_response

    def process_exception(self, request, exception):
        if isinstance(exception, ShopError):
            return JsonResponse({"error": exception.message}, status=exception.status)
        return None


def answer(error, context):
    response = exception_handler(error, context)
    if response is not None:
        response.data = {"error": response.data}
    return response
