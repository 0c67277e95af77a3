from flask import jsonify


def other(key):
    if not key:
        ⟦M|return jsonify(error="no such key"), 404⟧
    return ""


def title_of(book):
    return ⟦F|⟦S|book⟧.title⟧


⟦H|def show(book_id):
    return title_of(find_book(book_id))⟧
