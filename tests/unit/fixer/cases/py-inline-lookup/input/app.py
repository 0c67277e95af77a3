from flask import abort, jsonify


⟦H|def show(book_id):
    return jsonify(title=⟦F|⟦S|find_book(book_id)⟧.title⟧)⟧
