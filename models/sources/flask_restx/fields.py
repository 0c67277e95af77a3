# Fields of models and of what is marshalled, each as the schema that Flask-RESTX writes for it.
from flask_restx.native import anything, choice, list_of, mapping, mapping_of, number, integer, properties, string, truth


class Raw:
    def __init__(self, default=None, attribute=None, title=None, description=None, required=None, readonly=None, example=None, mask=None, allow_null=False, **kwargs):
        self.default = default
        self.required = required
        self.readonly = readonly
        self.allow_null = allow_null
        self.options = kwargs

    def plain(self):
        return anything()

    def schema(self):
        made = self.plain()
        if self.readonly:
            made = made.read_only()
        if self.allow_null:
            made = made.nullable()
        if isinstance(self.default, (str, int, bool)):
            made = made.default(self.default)
        return made if self.required else made.optional()


def made_of(field):
    """A field is an instance, or the class alone."""
    if isinstance(field, Raw):
        return field
    if isinstance(field, (dict, list, str)):
        return Raw()
    return field()


def schema_of(model):
    """Of a model, a dict of fields, or a list with one of these in it."""
    if isinstance(model, list):
        return list_of(schema_of(model[0]))
    if isinstance(model, dict):
        return form_of(model)
    if isinstance(model, Raw):
        return model.schema()
    if hasattr(model, "__schema__"):
        return model.__schema__
    return anything()


def form_of(fields):
    found = {}
    for name, field in fields.items():
        if isinstance(field, dict):
            found[name] = form_of(field).optional()
        else:
            found[name] = made_of(field).schema()
    return properties(found)


class String(Raw):
    def plain(self):
        values = self.options.get("enum")
        made = choice(list(values)) if isinstance(values, (list, tuple)) else string()
        if self.options.get("min_length") is not None:
            made = made.min_length(self.options["min_length"])
        if self.options.get("max_length") is not None:
            made = made.max_length(self.options["max_length"])
        if self.options.get("pattern") is not None:
            made = made.pattern(self.options["pattern"])
        return made


class Number(Raw):
    def kind(self):
        return number()

    def plain(self):
        made = self.kind()
        low = self.options.get("min")
        high = self.options.get("max")
        if isinstance(low, (int, float)):
            made = made.above(low) if self.options.get("exclusiveMin") else made.minimum(low)
        if isinstance(high, (int, float)):
            made = made.below(high) if self.options.get("exclusiveMax") else made.maximum(high)
        return made


class Integer(Number):
    def kind(self):
        return integer()


class Float(Number):
    pass


class Fixed(Number):
    pass


class Arbitrary(Number):
    pass


class Boolean(Raw):
    def plain(self):
        return truth()


class DateTime(Raw):
    def plain(self):
        return string().moment()


class Date(Raw):
    def plain(self):
        return string().day()


class Url(Raw):
    def plain(self):
        return string()


class FormattedString(Raw):
    def __init__(self, src_str=None, **kwargs):
        super().__init__(**kwargs)

    def plain(self):
        return string()


class ClassName(String):
    def __init__(self, dash=False, **kwargs):
        super().__init__(**kwargs)


class List(Raw):
    def __init__(self, cls_or_instance=None, **kwargs):
        super().__init__(**kwargs)
        self.item = cls_or_instance

    def plain(self):
        made = list_of(made_of(self.item).schema() if self.item is not None else anything())
        if self.options.get("min_items") is not None:
            made = made.min_items(self.options["min_items"])
        if self.options.get("max_items") is not None:
            made = made.max_items(self.options["max_items"])
        return made


class Nested(Raw):
    def __init__(self, model=None, allow_null=False, skip_none=False, as_list=False, **kwargs):
        super().__init__(allow_null=allow_null, **kwargs)
        self.model = model
        self.as_list = as_list

    def plain(self):
        made = schema_of(self.model)
        return list_of(made) if self.as_list else made


class Polymorph(Raw):
    def __init__(self, mapping=None, **kwargs):
        super().__init__(**kwargs)

    def plain(self):
        return mapping()


class Wildcard(Raw):
    def __init__(self, cls_or_instance=None, **kwargs):
        super().__init__(**kwargs)

    def plain(self):
        return anything()
