from errors import NotFound


def require(isbn):
    book = find(isbn)
    if book is None:
        ⟦M|raise NotFound("book")⟧
    return book


⟦H|def describe(isbn):
    book = find(isbn)
    return ⟦F|⟦S|book⟧.id⟧⟧
