def staticfiles_urlpatterns(prefix=None):
    return []
