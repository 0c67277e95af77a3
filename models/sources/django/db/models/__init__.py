# Models: columns by their names, and what asking for rows gives. __columns__ has the form of what each column is compared with.
from django.http import Http404
from django.native import DoesNotExist, MultipleObjectsReturned, any, day, find, find_or_none, moment, nullable, number, number_of, search, text, truth

CASCADE = "cascade"
PROTECT = "protect"
RESTRICT = "restrict"
SET_NULL = "set null"
SET_DEFAULT = "set default"
DO_NOTHING = "do nothing"


class NOT_PROVIDED:
    pass


class QuerySet:
    def __init__(self, model, asked=None):
        self.model = model
        self.asked = asked

    def __queryset__(self):
        return self

    def __iter__(self):
        return [self.model()]

    def all(self):
        return self

    def filter(self, *args, **kwargs):
        search(kwargs, self.model.__columns__)
        return QuerySet(self.model, kwargs)

    def exclude(self, *args, **kwargs):
        search(kwargs, self.model.__columns__)
        return self

    def get(self, *args, **kwargs):
        search(kwargs, self.model.__columns__)
        return find(kwargs, self.model())

    def get_or_404(self, kwargs):
        search(kwargs, self.model.__columns__)
        row = find_or_none(kwargs, self.model())
        if row is None:
            raise Http404()
        return row

    def find_row(self, key, name):
        """What the REST framework does with a key: a malformed one finds nothing."""
        if self.model.__number_keys__.get(name):
            key = number_of(key)
        return find_or_none({"pk": key}, self.model())

    def first(self):
        return find_or_none(self.asked, self.model())

    def last(self):
        return find_or_none(self.asked, self.model())

    def latest(self, *fields):
        return find(self.asked, self.model())

    def earliest(self, *fields):
        return find(self.asked, self.model())

    def create(self, **kwargs):
        return self.model()

    def create_user(self, *args, **kwargs):
        return self.model()

    def create_superuser(self, *args, **kwargs):
        return self.model()

    def in_bulk(self, ids=None):
        return any()

    def add(self, *objs, **kwargs):
        pass

    def remove(self, *objs):
        pass

    def clear(self):
        pass

    def set(self, objs, **kwargs):
        pass

    def get_or_create(self, defaults=None, **kwargs):
        return self.model(), truth()

    def update_or_create(self, defaults=None, **kwargs):
        return self.model(), truth()

    def bulk_create(self, objs, batch_size=None, ignore_conflicts=False):
        return objs

    def count(self):
        return number()

    def exists(self):
        return truth()

    def update(self, **kwargs):
        return number()

    def delete(self):
        return any()

    def aggregate(self, *args, **kwargs):
        return any()

    def values(self, *fields, **expressions):
        return any()

    def values_list(self, *fields, flat=False, named=False):
        return any()

    def order_by(self, *fields):
        return self

    def select_related(self, *fields):
        return self

    def prefetch_related(self, *lookups):
        return self

    def annotate(self, *args, **kwargs):
        return self

    def distinct(self, *fields):
        return self

    def reverse(self):
        return self

    def only(self, *fields):
        return self

    def defer(self, *fields):
        return self

    def using(self, alias):
        return self

    def select_for_update(self, **kwargs):
        return self

    def none(self):
        return self

    def get_queryset(self):
        return self


# Models by their names, and relations to those that are not there yet: (name, what it is called there, the model that refers to it).
NAMED = {}
AWAITED = []


def named(to):
    last = to
    for part in to.split("."):
        last = part
    return NAMED.get(last)


class Reverse:
    """What a model has of those that refer to it."""

    def __init__(self, model, is_one):
        self.model = model
        self.is_one = is_one

    def __get__(self, instance, owner=None):
        if self.is_one:
            return any()
        return Manager(self.model)


def refer(to, field, cls):
    name = field.options.get("related_name")
    if name == "+":
        return
    is_one = isinstance(field, OneToOneField)
    if name is None:
        name = cls.__name__.lower() if is_one else cls.__name__.lower() + "_set"
    to.__reverse__[name] = cls
    if not is_one:
        setattr(to, name, Reverse(cls, is_one))


class Manager(QuerySet):
    def __init__(self, model=None):
        self.model = model
        self.asked = None

    def __get__(self, instance, owner=None):
        return self


class Model:
    DoesNotExist = DoesNotExist
    MultipleObjectsReturned = MultipleObjectsReturned
    __columns__ = {}
    __fields__ = {}
    __reverse__ = {}
    __numbers_rows__ = True
    __number_keys__ = {"pk": True, "id": True}
    __abstract__ = None

    def __init__(self, *args, **kwargs):
        pass

    @classmethod
    def __init_subclass__(cls):
        cls.__reverse__ = {}
        fields = {}
        key = None
        for name in dir(cls):
            found = getattr(cls, name)
            if isinstance(found, Field):
                fields[name] = found
                if found.primary_key:
                    key = name
            elif isinstance(found, Manager):
                found.model = cls
        if key is None:
            cls.id = AutoField()
            fields["id"] = cls.id
            key = "id"
        cls.pk = fields[key]
        cls.__numbers_rows__ = isinstance(cls.pk, NumberColumn)
        cls.__number_keys__ = {"pk": cls.__numbers_rows__}
        for name, field in fields.items():
            cls.__number_keys__[name] = isinstance(field, NumberColumn)
        columns = {}
        for name, field in fields.items():
            form = field.form()
            if form:
                columns[name] = form
                if isinstance(field, ForeignKey):
                    columns[name + "_id"] = form
                    columns[name + "__id"] = form
                    columns[name + "__pk"] = form
                for end in ["exact", "gt", "gte", "lt", "lte", "date"]:
                    columns[name + "__" + end] = form
        if key in columns:
            columns["pk"] = columns[key]
        cls.__columns__ = columns
        cls.__fields__ = fields
        meta = getattr(cls, "Meta", None)
        if meta and meta is not cls.__abstract__ and getattr(meta, "abstract", False):
            cls.__abstract__ = meta  # which those derived from it have too, but are not
            return
        NAMED[cls.__name__] = cls
        for name, field in fields.items():
            if isinstance(field, ForeignKey) or isinstance(field, ManyToManyField):
                if field.to == "self":
                    field.to = cls
                to = field.target()
                if to and hasattr(to, "__fields__"):
                    refer(to, field, cls)
                else:
                    AWAITED.append([field, cls])
        for one in AWAITED:
            if one[0].target() is cls:
                refer(cls, one[0], one[1])

    @classmethod
    @property
    def objects(cls):
        return Manager(cls)

    @classmethod
    def __queryset__(cls):
        return QuerySet(cls)

    def save(self, *args, **kwargs):
        pass

    def delete(self, *args, **kwargs):
        return any()

    def full_clean(self, *args, **kwargs):
        pass

    def refresh_from_db(self, *args, **kwargs):
        pass


class Field:
    kind = "any"

    def __init__(self, verbose_name=None, name=None, primary_key=False, max_length=None, unique=False, blank=False, null=False, default=NOT_PROVIDED, choices=None, editable=True, **kwargs):
        self.primary_key = primary_key
        self.max_length = max_length
        self.unique = unique
        self.blank = blank
        self.null = null
        self.default = default
        self.choices = choices
        self.editable = editable
        self.options = kwargs

    def __get__(self, instance, owner=None):
        if self.null:
            return nullable(self.value())
        return self.value()

    def value(self):
        return any()

    def form(self):
        return None

    def has_default(self):
        return self.default is not NOT_PROVIDED


class TextColumn(Field):
    kind = "text"

    def value(self):
        return text()


class CharField(TextColumn):
    pass


class TextField(TextColumn):
    pass


class SlugField(TextColumn):
    kind = "slug"


class EmailField(TextColumn):
    kind = "email"


class URLField(TextColumn):
    kind = "url"


class FilePathField(TextColumn):
    pass


class GenericIPAddressField(TextColumn):
    pass


class UUIDField(Field):
    kind = "uuid"

    def form(self):
        return "uuid"

    def value(self):
        return text()


class NumberColumn(Field):
    kind = "integer"

    def value(self):
        return number()

    def form(self):
        return "integer"


class IntegerField(NumberColumn):
    pass


class SmallIntegerField(NumberColumn):
    pass


class BigIntegerField(NumberColumn):
    pass


class PositiveIntegerField(NumberColumn):
    kind = "positive"


class PositiveSmallIntegerField(NumberColumn):
    kind = "positive"


class PositiveBigIntegerField(NumberColumn):
    kind = "positive"


class AutoField(NumberColumn):
    kind = "auto"


class BigAutoField(NumberColumn):
    kind = "auto"


class SmallAutoField(NumberColumn):
    kind = "auto"


class FloatField(Field):
    kind = "number"

    def value(self):
        return number()

    def form(self):
        return "number"


class DecimalField(Field):
    kind = "decimal"

    def __init__(self, verbose_name=None, name=None, max_digits=None, decimal_places=None, **kwargs):
        super().__init__(**kwargs)
        self.max_digits = max_digits
        self.decimal_places = decimal_places

    def value(self):
        return number()


class BooleanField(Field):
    kind = "boolean"

    def value(self):
        return truth()


class NullBooleanField(Field):
    kind = "boolean"


class DateTimeField(Field):
    kind = "date_time"

    def value(self):
        return moment()

    def form(self):
        return "date"


class DateField(Field):
    kind = "date"

    def value(self):
        return day()

    def form(self):
        return "date"


class TimeField(Field):
    kind = "time"


class DurationField(Field):
    kind = "duration"


class JSONField(Field):
    kind = "any"


class BinaryField(Field):
    kind = "any"


class GeneratedField(Field):
    kind = "any"


class FileField(Field):
    kind = "file"


class ImageField(Field):
    kind = "file"


class ForeignKey(Field):
    kind = "related"

    def __init__(self, to, on_delete=None, **kwargs):
        super().__init__(**kwargs)
        self.to = to

    def target(self):
        return named(self.to) if isinstance(self.to, str) else self.to

    def value(self):
        if isinstance(self.to, str):
            return any()
        return self.to()

    def form(self):
        if isinstance(self.to, str):
            return None
        return self.to.__columns__.get("pk")


class ParentalKey(ForeignKey):
    pass


class OneToOneField(ForeignKey):
    pass


class ManyToManyField(Field):
    kind = "related_many"

    def __init__(self, to, **kwargs):
        super().__init__(**kwargs)
        self.to = to

    def target(self):
        return named(self.to) if isinstance(self.to, str) else self.to


class Choices:
    """TextChoices and IntegerChoices: their members are what is stored."""

    @classmethod
    def __init_subclass__(cls):
        values = []
        for name in dir(cls):
            value = getattr(cls, name)
            if isinstance(value, (list, tuple)) and name != "values" and name != "choices":
                value = value[0]
                setattr(cls, name, value)
            if isinstance(value, (str, int)) and name != "__init_subclass__":
                values.append(value)
        cls.values = values
        cls.choices = [[value, value] for value in values]


class TextChoices(Choices):
    pass


class IntegerChoices(Choices):
    pass
