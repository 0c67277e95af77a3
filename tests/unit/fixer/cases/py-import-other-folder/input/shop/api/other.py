from ..errors import ApiError


def other(key):
    if not key:
        ⟦M|raise ApiError(404, "no such key")⟧
