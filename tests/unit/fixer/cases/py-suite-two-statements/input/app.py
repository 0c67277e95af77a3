from flask import abort


⟦H|def show(book_id):
    for key in range(3): book = find(key); log(⟦F|⟦S|book⟧.title⟧)
    return "done"⟧
