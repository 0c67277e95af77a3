ROOT_URLCONF = "urls"
MIDDLEWARE = ["middleware.Errors"]
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "EXCEPTION_HANDLER": "middleware.answer",
}
