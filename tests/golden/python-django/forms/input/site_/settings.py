ROOT_URLCONF = "site_.urls"
INSTALLED_APPS = ["shop"]
MIDDLEWARE = []
