from .errors import ApiError
from .services import send


⟦H|def remind(reminder):
    if reminder is None:
        ⟦M|raise ApiError(400, "a reminder is needed")⟧
    return send(reminder, True)⟧
