from flask import abort


⟦H|def show(book_id):
    member = current()
    if not member:
        return "", 401
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
