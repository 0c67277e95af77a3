from marshmallow.decorated import behind, formed


def arguments(schema, location="json", content_type=None, required=True, description=None, example=None, examples=None, as_kwargs=False, **kwargs):
    return behind(schema, location, 422, as_kwargs)


def response(status_code, schema=None, content_type=None, description=None, example=None, examples=None, headers=None):
    return formed(schema, status_code)
