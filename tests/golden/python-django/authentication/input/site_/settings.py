ROOT_URLCONF = "site_.urls"
INSTALLED_APPS = ["rest_framework", "core"]
MIDDLEWARE = []
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"], "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}
