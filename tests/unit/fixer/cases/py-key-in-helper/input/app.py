from errors import ApiError


def card_of(payload):
    return ⟦F|⟦S|payload["member"]⟧["card"]⟧


⟦H|def lend():
    if not token():
        ⟦M|raise ApiError(400, "a token is needed")⟧
    return card_of(request.json)⟧
