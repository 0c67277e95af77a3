from errors import NotFound


def other(key):
    if not key:
        ⟦M|raise NotFound("loan")⟧


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
