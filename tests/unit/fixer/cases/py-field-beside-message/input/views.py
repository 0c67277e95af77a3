from errors import ApiError


⟦H|def lend(payload):
    isbn = payload.get("isbn")
    if not isbn:
        ⟦M|raise ApiError(400, "bad_field", "isbn is needed", {"field": "isbn"})⟧
    return ⟦F|⟦S|payload["member"]⟧["card"]⟧⟧
