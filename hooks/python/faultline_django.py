"""A project's manage.py with data of its own:  faultline_django.py manage.py COMMAND…

Its settings are used but for what leads out of the folder FAULTLINE_ROOT: databases there, or on a server, are replaced by SQLite files
in it, mail is kept in memory, and this machine is a host that may ask without TLS. FAULTLINE_ACCOUNT, a name and a password, is somebody who
may do everything.
"""
import os
import runpy
import sys


def scratch(databases, root):
    """What is used for the databases of the settings."""
    own = {}
    for alias, database in databases.items():
        name = str(database.get("NAME") or "")
        is_file = database.get("ENGINE", "").endswith((".sqlite3", ".spatialite"))
        is_inside = is_file and (name == ":memory:" or os.path.realpath(name).startswith(root + os.sep))
        if is_inside or not database.get("ENGINE"):
            own[alias] = database
            continue
        own[alias] = {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(root, "faultline-%s.sqlite3" % alias)}
        for key in ("ATOMIC_REQUESTS", "TIME_ZONE"):
            if key in database:
                own[alias][key] = database[key]
        print("faultline: the database '%s' is a new SQLite file" % alias, flush=True)
    return own


def adjust(settings, root):
    settings.DATABASES = scratch(settings.DATABASES, root)
    settings.ALLOWED_HOSTS = list(settings.ALLOWED_HOSTS) + ["127.0.0.1", "localhost"]
    settings.SECURE_SSL_REDIRECT = False
    if settings.EMAIL_BACKEND.rsplit(".", 2)[-2] not in ("console", "dummy", "filebased", "locmem"):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def main():
    sys.argv = sys.argv[1:]
    root = os.path.realpath(os.environ.get("FAULTLINE_ROOT") or os.getcwd())
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    try:
        from django.conf import Settings
    except ImportError:
        pass  # the project's own words tell it
    else:
        own_init = Settings.__init__

        def init(self, *args, **kwargs):
            own_init(self, *args, **kwargs)
            adjust(self, root)

        Settings.__init__ = init
    runpy.run_path(sys.argv[0], run_name="__main__")
    name, _, password = os.environ.get("FAULTLINE_ACCOUNT", "").partition(" ")
    if name:
        make_other_tables()
        try:
            make_account(name, password)
        except Exception as error:  # a project whose users are made otherwise has none
            print("faultline: no account: %s" % error, flush=True)


def make_other_tables():
    """Those that something else makes where the project runs (`managed = False`), in databases that are ours."""
    from django.apps import apps
    from django.db import connections, router
    for model in apps.get_models():
        if model._meta.managed or model._meta.proxy or model._meta.swapped:
            continue
        try:
            connection = connections[router.db_for_write(model)]
            if connection.vendor != "sqlite" or model._meta.db_table in connection.introspection.table_names():
                continue
            with connection.schema_editor() as editor:
                editor.create_model(model)
        except Exception as error:
            print("faultline: no table '%s': %s" % (model._meta.db_table, error), flush=True)


def make_account(name, password):
    """Somebody who may do everything, in the database that is ours."""
    from django.apps import apps
    from django.contrib.auth import get_user_model
    if not apps.is_installed("django.contrib.auth"):
        return
    User = get_user_model()
    values = {User.USERNAME_FIELD: name}
    for field in User.REQUIRED_FIELDS:
        values[field] = name if "mail" in field else "faultline"
    if not User._default_manager.filter(**{User.USERNAME_FIELD: name}).exists():
        User._default_manager.create_superuser(password=password, **values)


if __name__ == "__main__":
    main()
