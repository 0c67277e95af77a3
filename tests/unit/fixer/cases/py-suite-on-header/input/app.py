from flask import abort


⟦H|def show(book_id):
    book = find(book_id)
    if wants_title(): return ⟦F|⟦S|book⟧.title⟧
    return "no title"⟧
