⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
