from errors import ApiError


⟦H|def number(code):
    match = SHELF.fullmatch(code.upper())
    return int(⟦F|⟦S|match⟧.group(2)⟧)⟧
