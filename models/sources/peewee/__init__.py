# Models: what asking for rows gives, and what their columns hold.
from peewee.native import DoesNotExist, any, find, find_or_none, nullable, number, text, truth


class Change:
    """An insert, update or delete."""

    def where(self, *expressions):
        return self

    def on_conflict(self, *args, **kwargs):
        return self

    def on_conflict_ignore(self, ignore=True):
        return self

    def returning(self, *columns):
        return self

    def execute(self, database=None):
        return number()


class Query:
    def __init__(self, model, asked=None):
        self.model = model
        self.asked = asked

    def __iter__(self):
        return [self.model()]

    def where(self, *expressions):
        return Query(self.model, expressions[0])

    def filter(self, *expressions, **kwargs):
        return Query(self.model, kwargs)

    def first(self, database=None, n=1):
        return find_or_none(self.asked, self.model())

    def get(self, database=None):
        return find(self.asked, self.model())

    def get_or_none(self, database=None):
        return find_or_none(self.asked, self.model())

    def count(self, database=None, clear_limit=False):
        return number()

    def exists(self, database=None):
        return truth()

    def scalar(self, *args, **kwargs):
        return any()

    def execute(self, database=None):
        return self

    def dicts(self):
        return any()

    def tuples(self):
        return any()

    def join(self, *args, **kwargs):
        return self

    def switch(self, *args):
        return self

    def order_by(self, *columns):
        return self

    def group_by(self, *columns):
        return self

    def having(self, *expressions):
        return self

    def limit(self, value=None):
        return self

    def offset(self, value=None):
        return self

    def distinct(self, *columns):
        return self

    def paginate(self, page, paginate_by=20):
        return self

    def namedtuples(self):
        return self

    def objects(self, constructor=None):
        return self


class Model:
    DoesNotExist = DoesNotExist

    def __init__(self, *args, **kwargs):
        pass

    @classmethod
    def __init_subclass__(cls):
        for name in dir(cls):
            found = getattr(cls, name)
            if isinstance(found, ForeignKeyField) and not isinstance(found.model, str):
                back = found.backref or cls.__name__.lower() + "_set"
                setattr(found.model, back, Backref(cls))
        if not hasattr(cls, "id"):
            cls.id = AutoField()

    @classmethod
    def get(cls, *query, **filters):
        return find(query[0], cls())

    @classmethod
    def get_or_none(cls, *query, **filters):
        return find_or_none(query[0], cls())

    @classmethod
    def get_by_id(cls, pk):
        return find(pk, cls())

    @classmethod
    def __class_getitem__(cls, pk):
        return cls.get_by_id(pk)

    @classmethod
    def create(cls, **query):
        return cls()

    @classmethod
    def get_or_create(cls, **kwargs):
        return cls(), truth()

    @classmethod
    def select(cls, *fields):
        return Query(cls)

    @classmethod
    def filter(cls, *args, **kwargs):
        return Query(cls, kwargs)

    @classmethod
    def insert(cls, *args, **kwargs):
        return Change()

    @classmethod
    def insert_many(cls, rows, fields=None):
        return Change()

    @classmethod
    def update(cls, *args, **kwargs):
        return Change()

    @classmethod
    def delete(cls):
        return Change()

    @classmethod
    def delete_by_id(cls, pk):
        return number()

    @classmethod
    def set_by_id(cls, key, value):
        return number()

    @classmethod
    def table_exists(cls):
        return truth()

    @classmethod
    def create_table(cls, safe=True, **options):
        pass

    def save(self, force_insert=False, only=None):
        return number()

    def delete_instance(self, recursive=False, delete_nullable=False):
        return number()

    def get_id(self):
        return any()


class Backref:
    def __init__(self, model):
        self.model = model

    def __get__(self, instance, owner=None):
        return Query(self.model)


class Field:
    def __init__(self, null=False, index=False, unique=False, column_name=None, default=None, primary_key=False, constraints=None, **kwargs):
        self.null = null

    def __get__(self, instance, owner=None):
        return nullable(self.value()) if self.null else self.value()

    def value(self):
        return any()


class CharField(Field):
    def value(self):
        return text()


class FixedCharField(CharField):
    pass


class TextField(CharField):
    pass


class UUIDField(Field):
    pass


class IntegerField(Field):
    def value(self):
        return number()


class AutoField(IntegerField):
    pass


PrimaryKeyField = AutoField


class BigIntegerField(IntegerField):
    pass


class SmallIntegerField(IntegerField):
    pass


class BigAutoField(IntegerField):
    pass


class TimestampField(Field):
    pass


class FloatField(IntegerField):
    pass


class DoubleField(IntegerField):
    pass


class DecimalField(IntegerField):
    pass


class BooleanField(Field):
    def value(self):
        return truth()


class DateTimeField(Field):
    pass


class DateField(Field):
    pass


class TimeField(Field):
    pass


class BlobField(Field):
    pass


class BareField(Field):
    pass


class ForeignKeyField(Field):
    def __init__(self, model=None, field=None, backref=None, on_delete=None, on_update=None, **kwargs):
        super().__init__(**kwargs)
        self.model = model
        self.backref = backref

    def value(self):
        return any() if isinstance(self.model, str) else self.model()


class DeferredForeignKey(Field):
    def __init__(self, rel_model_name=None, **kwargs):
        super().__init__(**kwargs)
