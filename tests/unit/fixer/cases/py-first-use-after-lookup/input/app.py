from flask import abort


⟦H|def show(book_id):
    book = find(book_id)
    # the log wants to know
    audit("shown", book)
    return ⟦F|⟦S|book⟧.title⟧⟧
