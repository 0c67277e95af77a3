from errors import ApiError


def json_object():
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        ⟦N|raise ApiError(400, "bad_payload", "a JSON object is expected")⟧
    return data
