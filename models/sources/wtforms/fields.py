# Fields: a schema, and in a form the value that was sent for it.
from wtforms.native import anything, choice, integer, list_of, number, string, truth, upload
from wtforms.validators import AnyOf, Optional


class Bound:
    """A field of a form that was made for a request."""

    def __init__(self, form, name):
        self.form = form
        self.name = name
        self.errors = []
        self.choices = []

    @property
    def data(self):
        return self.form.values[self.name] if self.form.is_checked else self.form.values.get(self.name)


class Field:
    is_file = False
    name = None

    def __init__(self, label=None, validators=None, filters=(), description="", id=None, default=None, widget=None, render_kw=None, name=None, **kwargs):
        self.validators = validators
        self.default = default
        self.options = kwargs

    def __get__(self, instance, owner=None):
        return Bound(instance, self.name)

    def plain(self):
        return string()

    def schema(self):
        made = self.plain()
        is_demanded = False
        is_free = False
        for one in self.validators or []:
            if hasattr(one, "limit"):
                made = one.limit(made)
                is_demanded = is_demanded or one.demands
            if isinstance(one, AnyOf) and isinstance(one.values, (list, tuple)):
                made = choice(list(one.values))
            if isinstance(one, Optional):
                is_free = True
        if isinstance(self.default, (str, int, float)):
            return made.preset(self.default)
        if is_demanded and not is_free:
            return made
        return made.or_null()


class StringField(Field):
    pass


TextField = TextAreaField = PasswordField = HiddenField = SearchField = TelField = ColorField = StringField


class EmailField(StringField):
    pass


class URLField(StringField):
    pass


class IntegerField(Field):
    def plain(self):
        return integer()


IntegerRangeField = IntegerField


class FloatField(Field):
    def plain(self):
        return number()


class DecimalField(FloatField):
    def __init__(self, label=None, validators=None, places=None, rounding=None, **kwargs):
        super().__init__(label, validators, **kwargs)


DecimalRangeField = DecimalField


class BooleanField(Field):
    def schema(self):
        return truth().or_false()


class SubmitField(BooleanField):
    pass


class DateField(Field):
    def __init__(self, label=None, validators=None, format=None, **kwargs):
        super().__init__(label, validators, **kwargs)

    def plain(self):
        return string().date()


class DateTimeField(DateField):
    def plain(self):
        return string().date_time()


DateTimeLocalField = DateTimeField


class TimeField(DateField):
    def plain(self):
        return string().time()


class MonthField(DateField):
    pass


def values_of(choices):
    found = []
    for one in choices:
        if isinstance(one, (list, tuple)):
            one = one[0]
        if isinstance(one, (str, int)):
            found.append(str(one))
    return found


class SelectField(Field):
    def __init__(self, label=None, validators=None, coerce=None, choices=None, validate_choice=True, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.choices = choices
        self.coerce = coerce
        self.validate_choice = validate_choice

    def plain(self):
        if isinstance(self.choices, (list, tuple)) and self.choices and self.validate_choice:
            return choice(values_of(self.choices))
        return integer() if self.coerce is int else string()

    def schema(self):
        return super().schema() if self.default is not None or not self.validate_choice else self.plain()


class RadioField(SelectField):
    pass


class SelectMultipleField(SelectField):
    def schema(self):
        return list_of(self.plain()).or_false()


class FileField(Field):
    is_file = True

    def plain(self):
        return upload()


MultipleFileField = FileField


class FieldList(Field):
    def __init__(self, unbound_field=None, label=None, validators=None, min_entries=0, max_entries=None, **kwargs):
        super().__init__(label, validators, **kwargs)

    def schema(self):
        return anything().or_null()


class FormField(Field):
    def __init__(self, form_class=None, label=None, validators=None, separator="-", **kwargs):
        super().__init__(label, validators, **kwargs)

    def schema(self):
        return anything().or_null()
