from flask import jsonify


def other(key):
    if not key:
        ⟦M|return jsonify(error="no such key"), 404⟧
    return ""


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
