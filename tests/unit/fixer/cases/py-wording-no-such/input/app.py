from errors import ApiError


def other(key):
    if not key:
        ⟦M|raise ApiError(404, "not_found", "no such member")⟧
    if key == 2:
        raise ApiError(404, "not_found", "no such loan")


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
