from flask import abort


⟦H|def show(book_id):
    book = find(book_id)
    if book_id == 1:
        return "first"
    elif ⟦F|⟦S|book⟧.title⟧ == "":
        return "none"
    else:
        return "other"⟧
