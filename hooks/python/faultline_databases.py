"""Databases of one's own for services that reach them through SQLAlchemy or peewee.

  faultline_databases.py MODULE:NAME     makes the tables of the application NAME of MODULE: migrations first, then what its models lack
  faultline_databases.stand_in(root)     called in every process of a service whose environment has FAULTLINE_DATABASES: SQLite files
                                         that lie outside of `root`, and servers that do not answer, are replaced by SQLite files in it

Data that is not in `root` is never changed: where a server answers, its tables are as they are.
"""
import os
import sys

_engines = []       # those whose data is ours
_fresh = set()      # their files that were not there, or empty
_foreign = []       # names of databases that are somebody else's
_only_ours = []     # true while tables are made: no way to what is not ours
_notes = set()


def _say(text):
    if text not in _notes:
        _notes.add(text)
        print("faultline: " + text, file=sys.stderr, flush=True)


# ---- another place for the data ----

PORTS = {"postgresql": 5432, "postgres": 5432, "mysql": 3306, "mariadb": 3306, "mssql": 1433, "oracle": 1521, "cockroachdb": 26257}


def _answers(url):
    import socket
    dialect = url.drivername.partition("+")[0]
    try:
        if (url.host or "").startswith("/"):
            return os.path.exists(url.host)
        with socket.create_connection((url.host or "localhost", url.port or PORTS.get(dialect, 0)), timeout=2):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def _is_below(path, root):
    return os.path.realpath(path).startswith(root + os.sep)


def _own_url(url, root):
    """What is used instead of this URL, or None, and whether the data is ours."""
    from sqlalchemy.engine import URL
    dialect, _, driver = url.drivername.partition("+")
    name = url.database or ""
    if dialect == "sqlite":
        if name in ("", ":memory:") or name.startswith("file:") or _is_below(name, root):
            return None, True
    elif _answers(url):
        return None, False
    base = os.path.basename(name).rpartition(".")[0] or os.path.basename(name) or "data"
    file = os.path.join(root, "faultline-%s.sqlite3" % base)
    _say("the database '%s' is a new SQLite file" % (os.path.basename(name) or dialect))
    is_async = driver in ("asyncpg", "aiosqlite", "aiomysql", "asyncmy", "psycopg_async", "aioodbc")
    return URL.create("sqlite+aiosqlite" if is_async else "sqlite", database=file), True


POOL = ("pool_size", "max_overflow", "pool_timeout", "pool_use_lifo", "pool_recycle", "pool_pre_ping", "poolclass", "isolation_level", "connect_args",
        "client_encoding", "executemany_mode", "use_insertmanyvalues", "encoding", "implicit_returning")


def _is_async(options):
    if options.get("_is_async"):
        return True
    frame = sys._getframe(1)
    for _ in range(6):
        if frame is None:
            break
        if frame.f_code.co_name == "create_async_engine":
            return True
        frame = frame.f_back
    return False


def _patch(module, root):
    own = module.create_engine

    def create_engine(url, **options):
        try:
            from sqlalchemy.engine import make_url
            if url is None or url == "":    # a setting that nobody made
                url = "postgresql+asyncpg://127.0.0.1:1/data" if _is_async(options) else "postgresql://127.0.0.1:1/data"
            replaced, is_ours = _own_url(make_url(url), root)
        except Exception:
            replaced, is_ours = None, False     # its own words tell what is wrong
        if replaced is not None:
            url = replaced
            options = {key: value for key, value in options.items() if key not in POOL}
            options["connect_args"] = {"check_same_thread": False}
            _teach_types()
        if not is_ours:
            _foreign.append(url)
            if _only_ours:
                raise RuntimeError("a database on a server is left as it is")
        engine = own(url, **options)
        if is_ours:
            _engines.append(engine)
            file = engine.url.database or ":memory:"
            if file != ":memory:" and (not os.path.exists(file) or os.path.getsize(file) == 0):
                _fresh.add(file)
        return engine

    create_engine.__doc__ = own.__doc__
    create_engine.__wrapped__ = own
    module.create_engine = create_engine


def _teach_types():
    """How SQLite writes the column types of PostgreSQL."""
    if "types" in _notes:
        return
    _notes.add("types")
    try:
        from sqlalchemy.dialects import postgresql
        from sqlalchemy.ext.compiler import compiles
    except ImportError:
        return
    for names, text in ((("JSON", "JSONB", "HSTORE"), "JSON"), (("UUID",), "CHAR(32)"), (("ARRAY",), "JSON"),
                        (("INET", "CIDR", "MACADDR", "TSVECTOR", "INTERVAL", "ENUM", "CITEXT"), "TEXT"), (("BYTEA",), "BLOB")):
        for name in names:
            kind = getattr(postgresql, name, None)
            if isinstance(kind, type):
                compiles(kind, "sqlite")(lambda element, compiler, _text=text, **options: _text)


class _Finder:
    """Patches the module that makes engines as soon as it is loaded; nothing is imported for those who do not use it."""

    def __init__(self, root):
        self.root = root
        self.is_busy = False

    def find_spec(self, name, path=None, target=None):
        if name != "sqlalchemy.engine.create" or self.is_busy:
            return None
        import importlib.util
        self.is_busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.is_busy = False
        if spec is None or spec.loader is None:
            return None
        own_exec, root = spec.loader.exec_module, self.root

        def exec_module(module):
            own_exec(module)
            _patch(module, root)

        spec.loader.exec_module = exec_module
        return spec


def stand_in(root):
    root = os.path.realpath(root)
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder(root))


# ---- tables ----

def _load(name):
    """The application object, and its module."""
    import importlib
    module_name, _, attribute = name.partition(":")
    module = importlib.import_module(module_name)
    found = getattr(module, attribute, None)
    if callable(found) and not hasattr(found, "routes") and not hasattr(found, "wsgi_app"):
        try:
            found = found()
        except TypeError:
            pass
    return found


def _is_flask(application):
    return hasattr(application, "wsgi_app") and hasattr(application, "app_context")


def _migrate(application):
    """True: the migrations of the project were run."""
    if _is_flask(application) and "migrate" in getattr(application, "extensions", {}):
        import flask_migrate
        folder = getattr(application.extensions["migrate"], "directory", "migrations")
        if os.path.exists(os.path.join(folder, "env.py")):
            with application.app_context():
                flask_migrate.upgrade()
            return True
    elif os.path.exists("alembic.ini"):
        from alembic import command
        from alembic.config import Config
        command.upgrade(Config("alembic.ini"), "head")
        return True
    return _run_command(application)


def _run_command(application):
    """`flask init-db`, or what it is called here, where files are opened without SQLAlchemy."""
    import re
    if not _is_flask(application) or "sqlalchemy" in sys.modules:
        return False
    root = os.path.realpath(os.environ.get("FAULTLINE_ROOT") or os.getcwd())
    named = application.config.get("DATABASE")
    if isinstance(named, str) and named.startswith("/") and not _is_below(named, root):
        return False
    for command in application.cli.commands:
        if re.fullmatch(r"(init|create|setup|make)[-_]?(db|database|tables)", command):
            os.makedirs(application.instance_path, exist_ok=True)
            return application.test_cli_runner().invoke(args=[command], input="y\n").exit_code == 0
    return False


def _guarded(what, run):
    try:
        return run()
    except (Exception, SystemExit) as error:
        _say("%s: %s" % (what, (str(error) or type(error).__name__).strip().splitlines()[0]))
        return None


def _models():
    """What the project says of tables; the dialects of SQLAlchemy describe those of the servers in the same words."""
    import gc
    try:
        from sqlalchemy import MetaData
    except ImportError:
        return []
    found = [each for each in gc.get_objects() if isinstance(each, MetaData) and each.tables]
    return [each for each in found if not any((table.schema or "").lower() in ("information_schema", "pg_catalog", "sys") for table in each.tables.values())]


def _create_all(application, models):
    """What the models say and the database lacks."""
    for extension in list(getattr(application, "extensions", {}).values()):
        extension = getattr(extension, "db", extension)
        if callable(getattr(extension, "create_all", None)):
            _guarded("tables", extension.create_all)
            models = []
    for metadata in models:
        for engine in list(_engines):
            if engine.dialect.is_async:
                from sqlalchemy.ext.asyncio import AsyncEngine
                _guarded("tables", lambda: _create_async(AsyncEngine(engine), metadata))
            else:
                _guarded("tables", lambda: metadata.create_all(engine))
    peewee = sys.modules.get("peewee")
    waiting = list(peewee.Model.__subclasses__()) if peewee else []
    for model in waiting:
        waiting.extend(model.__subclasses__())
        database = model._meta.database
        name = str(getattr(database, "database", None) or "")
        if isinstance(database, peewee.SqliteDatabase) and name and model._meta.fields and \
                (name == ":memory:" or _is_below(name, os.path.realpath(os.environ.get("FAULTLINE_ROOT") or os.getcwd()))):
            _guarded("tables", lambda: model.create_table(safe=True))


def _create_async(engine, metadata):
    import asyncio

    async def create():
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        await engine.dispose()

    asyncio.run(create())


def _make(application):
    models = _models()
    is_migrated = _guarded("migrations", lambda: _migrate(application))
    if is_migrated is None:
        for engine in _engines:
            engine.dispose()
        for file in _fresh:     # half of what migrations make would be in the way
            if os.path.exists(file):
                os.remove(file)
    _create_all(application, models)


def main():
    name, below = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "."
    root = os.path.realpath(os.environ.get("FAULTLINE_ROOT") or os.getcwd())
    sys.modules["faultline_databases"] = sys.modules["__main__"]
    sys.path[0] = os.path.normpath(os.path.join(root, below))
    stand_in(root)
    application = _guarded("tables", lambda: _load(name))
    if application is None or _foreign:
        return
    _only_ours.append(True)
    if _is_flask(application):
        with application.app_context():
            _make(application)
    else:
        _make(application)


if __name__ == "__main__":
    main()
