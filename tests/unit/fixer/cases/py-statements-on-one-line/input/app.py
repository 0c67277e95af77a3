from flask import abort


⟦H|def show(book_id):
    book = find(book_id); title = ⟦F|⟦S|book⟧.title⟧
    return title⟧
