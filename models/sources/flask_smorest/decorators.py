from marshmallow import Schema, fields, validate
from marshmallow.decorated import behind, formed, taken
from marshmallow.native import as_schema


class Pages(Schema):
    page = fields.Integer(load_default=1, validate=validate.Range(min=1))
    page_size = fields.Integer(load_default=10, validate=validate.Range(min=1, max=100))


class PaginationParameters:
    def __init__(self, page, page_size):
        self.page = page
        self.page_size = page_size
        self.item_count = None


def paginate(pager=None, page=1, page_size=10, max_page_size=100):
    def decorator(view):
        def wrapper(*args, **kwargs):
            asked = taken("query", as_schema(Pages), 422)
            if pager:
                return view(*args, **kwargs)
            return view(*args, pagination_parameters=PaginationParameters(asked["page"], asked["page_size"]), **kwargs)

        return wrapper

    return decorator


def arguments(schema, location="json", content_type=None, required=True, description=None, example=None, examples=None, as_kwargs=False, **kwargs):
    return behind(schema, location, 422, as_kwargs)


def response(status_code, schema=None, content_type=None, description=None, example=None, examples=None, headers=None):
    return formed(schema, status_code)
