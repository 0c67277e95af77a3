INSTALLED_APPS = ["rest_framework", "notes"]
ROOT_URLCONF = "notes.urls"
