from flask import abort


⟦H|def show(book_id):
    book = find(book_id)
    while waiting(): return ⟦F|⟦S|book⟧.title⟧  # at once
    return "no title"⟧
