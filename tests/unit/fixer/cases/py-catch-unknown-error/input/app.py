from errors import ApiError


⟦H|def listing(day):
    start = ⟦F|parse(day)⟧
    return start⟧
