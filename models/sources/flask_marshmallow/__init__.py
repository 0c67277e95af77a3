# Marshmallow as an extension of Flask. What columns say is not asked: their fields may be anything.
from marshmallow import Schema as _Schema
from marshmallow import fields


def auto_field(column_name=None, **kwargs):
    return fields.Raw(**kwargs)


def _link(*args, **kwargs):
    return fields.String(dump_only=True)


class Marshmallow:
    Schema = _Schema
    SQLAlchemySchema = _Schema
    SQLAlchemyAutoSchema = _Schema
    auto_field = auto_field
    URLFor = _link
    UrlFor = _link
    AbsoluteURLFor = _link
    AbsoluteUrlFor = _link
    Hyperlinks = fields.Raw
    HyperlinkRelated = fields.String
    Raw = fields.Raw
    Field = fields.Field
    String = fields.String
    Str = fields.Str
    Integer = fields.Integer
    Int = fields.Int
    Float = fields.Float
    Number = fields.Number
    Decimal = fields.Decimal
    Boolean = fields.Boolean
    Bool = fields.Bool
    Email = fields.Email
    Url = fields.Url
    URL = fields.URL
    UUID = fields.UUID
    DateTime = fields.DateTime
    NaiveDateTime = fields.NaiveDateTime
    AwareDateTime = fields.AwareDateTime
    Date = fields.Date
    Dict = fields.Dict
    Mapping = fields.Mapping
    List = fields.List
    Nested = fields.Nested
    Method = fields.Method
    Function = fields.Function
    Constant = fields.Constant

    def __init__(self, app=None):
        pass

    def init_app(self, app):
        pass
