from errors import ApiError


⟦H|def lend(payload):
    card = ⟦F|⟦S|payload["member"]⟧["card"]⟧
    return card⟧
