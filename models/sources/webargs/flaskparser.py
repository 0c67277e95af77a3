from marshmallow.decorated import behind


def use_args(argmap, req=None, location="json", unknown=None, as_kwargs=False, validate=None, error_status_code=422, error_headers=None):
    return behind(argmap, location, error_status_code or 422, as_kwargs)


def use_kwargs(argmap, req=None, location="json", unknown=None, validate=None, error_status_code=422, error_headers=None):
    return behind(argmap, location, error_status_code or 422, True)
