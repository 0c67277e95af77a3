from flask import abort, request


⟦H|def add():
    data = request.get_json()
    book = Book(title=⟦F|⟦S|data["title"]⟧⟧)
    return book.to_dict(), 201⟧
