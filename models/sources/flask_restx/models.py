# What api.model(), inherit() and clone() give: a dict of fields with the schema that they make.
from flask_restx.fields import form_of, schema_of
from flask_restx.native import from_json, joined


class Model:
    def __init__(self, name=None, fields=None, **kwargs):
        self.name = name
        self.fields = fields
        self.__schema__ = form_of(fields) if fields is not None else form_of({})


OrderedModel = Model


def model(name=None, model=None, mask=None, strict=False, **kwargs):
    return Model(name, model)


def schema_model(name=None, schema=None):
    made = Model(name)
    made.__schema__ = from_json(schema)
    return made


def inherit(name, *specs):
    made = Model(name)
    for one in specs:
        made.__schema__ = joined(made.__schema__, schema_of(one))
    return made


clone = inherit
