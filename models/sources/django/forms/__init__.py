# Forms: a schema of what they take from a request. What is cleaned has every field; one that was left out is null, or an empty text.
from django.core.exceptions import ValidationError
from django.core.validators import bounded, limited
from django.db import models
from rest_framework.native import anything, boolean, check, choice, integer, list_of, number, properties, said, string, upload


class Widget:
    def __init__(self, *args, **kwargs):
        pass


TextInput = NumberInput = EmailInput = URLInput = PasswordInput = HiddenInput = DateInput = DateTimeInput = TimeInput = Textarea = CheckboxInput = Select = SelectMultiple = RadioSelect = CheckboxSelectMultiple = FileInput = ClearableFileInput = Widget


class Field:
    is_text = False
    is_file = False

    def __init__(self, required=True, widget=None, label=None, initial=None, help_text="", error_messages=None, validators=(), disabled=False, **kwargs):
        self.required = required
        self.initial = initial
        self.validators = validators
        self.options = kwargs

    def plain(self):
        return anything()

    def schema(self):
        made = limited(self.plain(), self.validators)
        if self.required:
            return made
        return made.or_empty() if self.is_text else made.or_null()


class CharField(Field):
    is_text = True

    def __init__(self, max_length=None, min_length=None, strip=True, empty_value="", **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length
        self.min_length = min_length

    def plain(self):
        made = string()
        if self.min_length is not None:
            made = made.min_length(self.min_length)
        elif self.required:
            made = made.min_length(1)
        if self.max_length is not None:
            made = made.max_length(self.max_length)
        return made


class EmailField(CharField):
    def plain(self):
        return super().plain().email()


class URLField(CharField):
    def plain(self):
        return super().plain().uri()


class SlugField(CharField):
    def plain(self):
        return super().plain().pattern("^[-a-zA-Z0-9_]+$")


class GenericIPAddressField(CharField):
    pass


class RegexField(CharField):
    def __init__(self, regex=None, **kwargs):
        super().__init__(**kwargs)
        self.regex = regex

    def plain(self):
        return super().plain().pattern(self.regex)


class UUIDField(Field):
    def plain(self):
        return string().uuid().converted()


class FloatField(Field):
    def __init__(self, max_value=None, min_value=None, step_size=None, **kwargs):
        super().__init__(**kwargs)
        self.max_value = max_value
        self.min_value = min_value

    def kind(self):
        return number()

    def plain(self):
        return bounded(self.kind(), self.min_value, self.max_value)


class IntegerField(FloatField):
    def kind(self):
        return integer()


class DecimalField(FloatField):
    def __init__(self, max_value=None, min_value=None, max_digits=None, decimal_places=None, **kwargs):
        super().__init__(max_value=max_value, min_value=min_value, **kwargs)


class BooleanField(Field):
    def plain(self):
        return boolean()


class NullBooleanField(BooleanField):
    pass


class DateField(Field):
    def plain(self):
        return string().date().converted()


class DateTimeField(Field):
    def plain(self):
        return string().date_time().converted()


class TimeField(Field):
    def plain(self):
        return string().time().converted()


class DurationField(Field):
    def plain(self):
        return string().converted()


class JSONField(Field):
    pass


def values_of(choices):
    found = []
    for one in choices:
        if isinstance(one, (list, tuple)):
            one = one[0]
        if isinstance(one, (str, int)):
            found.append(str(one))
    return found


class ChoiceField(Field):
    is_text = True

    def __init__(self, choices=(), **kwargs):
        super().__init__(**kwargs)
        self.choices = choices

    def plain(self):
        if isinstance(self.choices, (list, tuple)) and self.choices:
            return choice(values_of(self.choices))
        return string()


class TypedChoiceField(ChoiceField):
    is_text = False

    def plain(self):
        return super().plain().converted()


class MultipleChoiceField(ChoiceField):
    def plain(self):
        return list_of(super().plain())


def key_of(queryset):
    model = getattr(queryset, "model", None)
    if model is None or not hasattr(model, "pk"):
        return anything()
    return integer().converted() if isinstance(model.pk, models.NumberColumn) else string().converted()


class ModelChoiceField(Field):
    def __init__(self, queryset=None, empty_label=None, to_field_name=None, **kwargs):
        super().__init__(**kwargs)
        self.queryset = queryset

    def plain(self):
        return key_of(self.queryset)


class ModelMultipleChoiceField(ModelChoiceField):
    is_text = True

    def plain(self):
        return list_of(key_of(self.queryset))


class FileField(Field):
    is_file = True

    def plain(self):
        return upload()


class ImageField(FileField):
    pass


class Media:
    pass


class BaseForm:
    __taken__ = None
    __files__ = None
    __checks__ = []
    __has_files__ = False
    __has_clean__ = False

    def __init__(self, data=None, files=None, auto_id=None, prefix=None, initial=None, instance=None, **kwargs):
        self.data = data
        self.files = files
        self.initial = initial
        self.instance = instance

    def is_valid(self):
        if self.data is None:
            return False
        said(self.data, self.__taken__)  # where it is refused with a page
        if self.__has_files__:
            sent = check(self.files, self.__files__)
            if not sent["valid"]:
                self.errors = sent["errors"]
                return False
            outcome = check(self.data, self.__taken__)
            self.cleaned_data = {**sent["data"], **outcome["data"]}
        else:
            outcome = check(self.data, self.__taken__)
            self.cleaned_data = outcome["data"]
        self.errors = outcome["errors"]
        if outcome["valid"]:
            try:
                self.run_checks()
            except ValidationError:
                return False
        return outcome["valid"]

    def run_checks(self):
        """The program's own, of one field, then of all."""
        names = self.__checks__
        if names[0] is not None:
            getattr(self, "clean_" + names[0])()
        if names[1] is not None:
            getattr(self, "clean_" + names[1])()
        if names[2] is not None:
            getattr(self, "clean_" + names[2])()
        if self.__has_clean__:
            self.clean()

    def clean(self):
        return self.cleaned_data

    def add_error(self, field, error):
        pass

    def has_changed(self):
        return True

    def is_bound(self):
        return self.data is not None


def settle(cls, fields):
    taken = {}
    files = {}
    checks = []
    for name, field in fields.items():
        if field.is_file:
            files[name] = field.schema()
            cls.__has_files__ = True
        else:
            taken[name] = field.schema()
        if hasattr(cls, "clean_" + name):
            checks.append(name)
    cls.__fields__ = fields
    cls.__taken__ = properties(taken)
    cls.__files__ = properties(files)
    cls.__checks__ = checks
    cls.__has_clean__ = getattr(cls, "clean") is not getattr(BaseForm, "clean")


def declared(cls):
    found = {}
    for name in dir(cls):
        one = getattr(cls, name)
        if isinstance(one, Field):
            found[name] = one
    return found


class Form(BaseForm):
    @classmethod
    def __init_subclass__(cls):
        settle(cls, declared(cls))


SIMPLE = {
    "slug": SlugField,
    "email": EmailField,
    "url": URLField,
    "text": CharField,
    "uuid": UUIDField,
    "integer": IntegerField,
    "positive": IntegerField,
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


def field_for(column):
    """The form field of a column; None: it has none."""
    kind = column.kind
    if kind == "auto" or not column.editable or column.options.get("auto_now_add") or column.options.get("auto_now"):
        return None
    required = not column.blank and kind != "boolean"
    if column.choices is not None:
        return ChoiceField(choices=column.choices, required=required)
    if kind == "related" or kind == "related_many":
        to = column.target()
        found = ModelChoiceField if kind == "related" else ModelMultipleChoiceField
        return found(queryset=models.QuerySet(to) if to is not None and not isinstance(to, str) else None, required=required)
    options = {"required": required}
    if column.max_length is not None and isinstance(column, models.TextColumn):
        options["max_length"] = column.max_length
    if kind == "positive":
        options["min_value"] = 0
    if column.options.get("validators"):
        options["validators"] = column.options["validators"]
    return SIMPLE[kind](**options)


def fields_of_model(model, names, left_out, found):
    if not isinstance(names, (list, tuple)):
        names = [name for name in model.__fields__.keys()]
    for name in names:
        if name in found or name in left_out or name not in model.__fields__:
            continue
        made = field_for(model.__fields__[name])
        if made is not None:
            found[name] = made
    return found


class ModelForm(BaseForm):
    @classmethod
    def __init_subclass__(cls):
        found = declared(cls)
        meta = getattr(cls, "Meta", None)
        model = getattr(meta, "model", None) if meta else None
        if model and hasattr(model, "__fields__"):
            cls.__model__ = model
            fields_of_model(model, getattr(meta, "fields", None), getattr(meta, "exclude", None) or [], found)
        settle(cls, found)

    def save(self, commit=True):
        if self.instance is None:
            self.instance = self.__model__()
        return self.instance

    def save_m2m(self):
        pass


class FormMaker:
    """What generic views make of a model and names of its fields."""

    def __init__(self, model, names, left_out):
        self.__model__ = model
        self.made = fields_of_model(model, names, left_out or [], {})
        taken = {}
        for name, field in self.made.items():
            if not field.is_file:
                taken[name] = field.schema()
        self.__taken__ = properties(taken)

    def __call__(self, data=None, files=None, instance=None, **kwargs):
        form = MadeForm(data, instance=instance)
        form.__taken__ = self.__taken__
        form.__model__ = self.__model__
        return form


class MadeForm(ModelForm):
    pass


def modelform_factory(model, form=None, fields=None, exclude=None, **kwargs):
    return FormMaker(model, fields, exclude)
