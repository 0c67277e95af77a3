from errors import ApiError


⟦H|def listing(day):
    start = ⟦F|datetime.strptime(
        day,
        "%Y-%m-%d",
    )⟧
    return start⟧
