# Serializers: a schema of what they take, of what they take in part, and of what they give.
from django.db import models
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import ValidationError
from django.core.validators import bounded, limited
from rest_framework.native import anything, boolean, decimal, mapping_of, check, choice, integer, list_of, mapping, number, properties, shaped, string, upload, validate


class empty:
    pass


class Field:
    def __init__(self, read_only=False, write_only=False, required=None, default=empty, allow_null=False, source=None, **kwargs):
        self.read_only = read_only
        self.write_only = write_only
        self.required = required
        self.initial = default
        self.allow_null = allow_null
        self.source = source
        self.options = kwargs

    def base(self):
        return anything()

    def loose(self, made):
        """What validation makes of a text that is sent."""
        return made

    def given(self):
        """As it is in an answer."""
        made = self.base()
        return made.nullable() if self.allow_null else made

    def taken(self):
        """As it is in a request."""
        made = limited(self.loose(self.given()), self.options.get("validators"))
        if self.required is False or self.initial is not empty:
            made = made.optional()
            if isinstance(self.initial, (str, int, bool)):
                made = made.default(self.initial)
        return made


class CharField(Field):
    def __init__(self, allow_blank=False, max_length=None, min_length=None, trim_whitespace=True, **kwargs):
        super().__init__(**kwargs)
        self.allow_blank = allow_blank
        self.max_length = max_length
        self.min_length = min_length

    def base(self):
        made = string()
        if self.min_length:
            made = made.min_length(self.min_length)
        elif not self.allow_blank:
            made = made.min_length(1)
        if self.max_length:
            made = made.max_length(self.max_length)
        return made


class EmailField(CharField):
    def base(self):
        return super().base().email()


class URLField(CharField):
    def base(self):
        return super().base().uri()


class SlugField(CharField):
    def base(self):
        return super().base().pattern("^[-a-zA-Z0-9_]+$")


class RegexField(CharField):
    def __init__(self, regex, **kwargs):
        super().__init__(**kwargs)
        self.regex = regex

    def base(self):
        return super().base().pattern(self.regex)


class UUIDField(Field):
    def base(self):
        return string().uuid()


class IPAddressField(CharField):
    pass


class NumberField(Field):
    def __init__(self, max_value=None, min_value=None, **kwargs):
        super().__init__(**kwargs)
        self.max_value = max_value
        self.min_value = min_value

    def plain(self):
        return number()

    def base(self):
        return bounded(self.plain(), self.min_value, self.max_value)


class IntegerField(NumberField):
    def plain(self):
        return integer()


class FloatField(NumberField):
    pass


class DecimalField(NumberField):
    def __init__(self, max_digits=None, decimal_places=None, coerce_to_string=None, max_value=None, min_value=None, **kwargs):
        super().__init__(max_value=max_value, min_value=min_value, **kwargs)
        self.max_digits = max_digits
        self.decimal_places = decimal_places
        self.is_text = coerce_to_string is not False

    def base(self):
        if not self.is_text:
            return super().base()
        made = decimal()
        if self.max_digits and self.decimal_places is not None:
            return made.pattern("^-?\\d{0," + str(self.max_digits - self.decimal_places) + "}(?:\\.\\d{0," + str(self.decimal_places) + "})?$")
        return made

    def loose(self, made):
        return made.converted()


class BooleanField(Field):
    def base(self):
        return boolean()


class NullBooleanField(BooleanField):
    pass


class Moment(Field):
    def __init__(self, format=None, input_formats=None, **kwargs):
        super().__init__(**kwargs)

    def loose(self, made):
        return made.converted()


class DateTimeField(Moment):
    def base(self):
        return string().date_time()


class DateField(Moment):
    def base(self):
        return string().date()


class TimeField(Moment):
    def base(self):
        return string().time()


class DurationField(Field):
    def base(self):
        return string()


def values_of(choices):
    found = []
    if isinstance(choices, dict):
        return [key for key in choices.keys()]
    for one in choices:
        if isinstance(one, (list, tuple)):
            one = one[0]
        found.append(one)
    return found


class ChoiceField(Field):
    def __init__(self, choices=None, **kwargs):
        super().__init__(**kwargs)
        self.choices = choices

    def base(self):
        if isinstance(self.choices, (list, dict)):
            return choice(values_of(self.choices))
        return anything()


class MultipleChoiceField(ChoiceField):
    def base(self):
        return list_of(super().base())


class FileField(Field):
    def base(self):
        return upload()


class ImageField(FileField):
    pass


class DictField(Field):
    def __init__(self, child=None, **kwargs):
        super().__init__(**kwargs)
        self.child = child

    def base(self):
        return mapping_of(self.child.given()) if self.child else mapping()


class JSONField(Field):
    pass


class HStoreField(DictField):
    pass


class ListField(Field):
    def __init__(self, child=None, min_length=None, max_length=None, allow_empty=True, **kwargs):
        super().__init__(**kwargs)
        self.child = child
        self.min_length = min_length
        self.max_length = max_length
        self.allow_empty = allow_empty

    def base(self):
        made = list_of(self.child.given() if self.child else anything())
        if self.min_length is not None:
            made = made.min_items(self.min_length)
        elif not self.allow_empty:
            made = made.min_items(1)
        if self.max_length is not None:
            made = made.max_items(self.max_length)
        return made


class ReadOnlyField(Field):
    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)


class HiddenField(Field):
    def __init__(self, **kwargs):
        super().__init__(read_only=True, write_only=True, **kwargs)


class SerializerMethodField(Field):
    def __init__(self, method_name=None, **kwargs):
        super().__init__(read_only=True, **kwargs)


class RelatedField(Field):
    def __init__(self, queryset=None, many=False, **kwargs):
        super().__init__(**kwargs)
        self.queryset = queryset
        self.many = many

    def plain(self):
        return anything()

    def base(self):
        return list_of(self.plain()) if self.many else self.plain()


class PrimaryKeyRelatedField(RelatedField):
    def plain(self):
        if self.queryset is not None:
            return key_of(self.queryset.model)
        return anything()


class SlugRelatedField(RelatedField):
    def __init__(self, slug_field=None, **kwargs):
        super().__init__(**kwargs)
        self.slug_field = slug_field

    def plain(self):
        if self.queryset is not None and hasattr(self.queryset.model, "__fields__"):
            column = self.queryset.model.__fields__.get(self.slug_field)
            if column:
                return field_for(column, {}).base()
        return anything()


class StringRelatedField(RelatedField):
    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)

    def plain(self):
        return string()


class HyperlinkedRelatedField(RelatedField):
    def plain(self):
        return string().uri()


class HyperlinkedIdentityField(RelatedField):
    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)

    def plain(self):
        return string().uri()


def key_of(model):
    if model is None:
        return anything()
    if isinstance(model, str) or not hasattr(model, "pk"):
        return integer()  # of a package: keys are numbers unless it says otherwise
    if isinstance(model.pk, models.UUIDField):
        return string().uuid()
    if isinstance(model.pk, models.TextColumn):
        return string()
    return integer()


class BaseSerializer(Field):
    def __init__(self, instance=None, data=empty, many=False, partial=False, context=None, allow_empty=True, **kwargs):
        super().__init__(**kwargs)
        self.instance = instance
        self.initial_data = data
        self.many = many
        self.partial = partial
        self.context = context

    def base(self):
        if self.__given__ is None:
            return mapping()
        return list_of(self.__given__) if self.many else self.__given__

    def taken(self):
        made = self.__taken__ if self.__taken__ is not None else mapping()
        if self.many:
            made = list_of(made)
        if self.allow_null:
            made = made.nullable()
        if self.required is False or self.initial is not empty:
            made = made.optional()
        return made

    def is_valid(self, raise_exception=False):
        schema = self.__many__ if self.many else self.__part__ if self.partial else self.__taken__
        if raise_exception:
            try:
                self.validated_data = validate(self.initial_data, schema)
            except Exception:
                raise ValidationError("invalid")
            if not self.many:
                self.run_checks()
            return True
        outcome = check(self.initial_data, schema)
        self.validated_data = outcome["data"]
        self.errors = outcome["errors"]
        if outcome["valid"] and self.__has_checks__ and not self.many:
            try:
                self.run_checks()
            except ValidationError:
                return False
            except DjangoValidationError:
                return False
        return outcome["valid"]

    def run_checks(self):
        """The program's own: of one field, where it is there, then of all."""
        names = self.__checks__
        if names[0] is not None and names[0] in self.validated_data:
            getattr(self, "validate_" + names[0])(self.validated_data[names[0]])
        if names[1] is not None and names[1] in self.validated_data:
            getattr(self, "validate_" + names[1])(self.validated_data[names[1]])
        if names[2] is not None and names[2] in self.validated_data:
            getattr(self, "validate_" + names[2])(self.validated_data[names[2]])
        if names[3] is not None and names[3] in self.validated_data:
            getattr(self, "validate_" + names[3])(self.validated_data[names[3]])
        if names[4] is not None and names[4] in self.validated_data:
            getattr(self, "validate_" + names[4])(self.validated_data[names[4]])
        if self.__has_validate__:
            self.validate(self.validated_data)

    def validate(self, attrs):
        return attrs

    @property
    def data(self):
        return shaped(self.__all__) if self.many else shaped(self.__given__)

    def save(self, **kwargs):
        if self.instance is None:
            self.instance = self.create(self.validated_data)
        else:
            self.instance = self.update(self.instance, self.validated_data)
        return self.instance

    def create(self, validated_data):
        return self.instance

    def update(self, instance, validated_data):
        return instance


class Serializer(BaseSerializer):
    __checks__ = []
    __has_checks__ = False
    __has_validate__ = False
    __given__ = None
    __taken__ = None
    __part__ = None
    __all__ = None
    __many__ = None

    @classmethod
    def __init_subclass__(cls):
        fields = {}
        for name in dir(cls):
            found = getattr(cls, name)
            if isinstance(found, Field):
                fields[name] = found
        cls.settle(fields)

    @classmethod
    def settle(cls, fields):
        given = {}
        taken = {}
        for name, field in fields.items():
            if not field.write_only:
                given[name] = field.given()
            if not field.read_only:
                taken[name] = field.taken()
        checks = []
        for name in fields.keys():
            if hasattr(cls, "validate_" + name):
                checks.append(name)
        cls.__checks__ = checks
        cls.__has_validate__ = getattr(cls, "validate") is not getattr(Serializer, "validate")
        cls.__has_checks__ = len(checks) > 0 or cls.__has_validate__
        cls.__given__ = properties(given)
        cls.__taken__ = properties(taken)
        cls.__part__ = cls.__taken__.partial()
        cls.__all__ = list_of(cls.__given__)
        cls.__many__ = list_of(cls.__taken__)


class ListSerializer(BaseSerializer):
    pass


SIMPLE = {
    "slug": SlugField,
    "email": EmailField,
    "url": URLField,
    "text": CharField,
    "uuid": UUIDField,
    "integer": IntegerField,
    "positive": IntegerField,
    "auto": IntegerField,
    "number": FloatField,
    "decimal": DecimalField,
    "boolean": BooleanField,
    "date_time": DateTimeField,
    "date": DateField,
    "time": TimeField,
    "duration": DurationField,
    "file": FileField,
    "any": JSONField,
}


def field_for(column, extra):
    options = {}
    kind = column.kind
    if column.null:
        options["allow_null"] = True
    if column.has_default() or column.blank or column.null:
        options["required"] = False
    if isinstance(column.default, (str, int, bool)):
        options["default"] = column.default
    if kind == "auto" or not column.editable or column.options.get("auto_now_add") or column.options.get("auto_now"):
        options["read_only"] = True
    if column.max_length is not None and isinstance(column, models.TextColumn):
        options["max_length"] = column.max_length
    if kind == "email" and column.max_length is None:
        options["max_length"] = 254
    if column.blank and isinstance(column, models.TextColumn):
        options["allow_blank"] = True
    if kind == "positive":
        options["min_value"] = 0
    options.update(extra)
    if kind == "decimal":
        options["max_digits"] = column.max_digits
        options["decimal_places"] = column.decimal_places
    if column.options.get("validators") and "validators" not in options:
        options["validators"] = column.options["validators"]
    if column.choices is not None:
        options.pop("max_length", None)
        options.pop("allow_blank", None)
        return ChoiceField(choices=column.choices, read_only=options.get("read_only", False), required=options.get("required"), default=options.get("default", empty), allow_null=options.get("allow_null", False))
    if kind == "related" or kind == "related_many":
        return KeyField(key_of(column.target()), kind == "related_many", read_only=options.get("read_only", False), required=options.get("required"), allow_null=options.get("allow_null", False))
    return SIMPLE[kind](**options)


class KeyField(Field):
    def __init__(self, schema, many, **kwargs):
        super().__init__(**kwargs)
        self.schema = schema
        self.many = many

    def base(self):
        return list_of(self.schema) if self.many else self.schema


class ModelSerializer(Serializer):
    @classmethod
    def __init_subclass__(cls):
        declared = {}
        for name in dir(cls):
            found = getattr(cls, name)
            if isinstance(found, Field):
                declared[name] = found
        meta = getattr(cls, "Meta", None)
        model = getattr(meta, "model", None) if meta else None
        if not model or not hasattr(model, "__fields__"):
            cls.settle(declared)
            return
        names = getattr(meta, "fields", None)
        left_out = getattr(meta, "exclude", [])
        extra = getattr(meta, "extra_kwargs", {})
        fixed = getattr(meta, "read_only_fields", [])
        if not isinstance(names, (list, tuple)):
            names = [name for name in model.__fields__.keys() if name not in left_out]
            for name in declared.keys():
                if name not in names:
                    names.append(name)
        fields = {}
        for name in names:
            if name in declared:
                fields[name] = declared[name]
            elif name in model.__fields__:
                field = field_for(model.__fields__[name], extra.get(name, {}))
                if name in fixed:
                    field.read_only = True
                fields[name] = field
            elif name in model.__reverse__:
                fields[name] = KeyField(key_of(model.__reverse__[name]), True, read_only=name in fixed)
            elif name == "pk":
                fields[name] = IntegerField(read_only=True)
            else:
                fields[name] = ReadOnlyField()
        cls.settle(fields)

    def create(self, validated_data):
        return self.Meta.model()


class HyperlinkedModelSerializer(ModelSerializer):
    pass
