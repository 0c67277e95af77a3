from flask import abort, jsonify


⟦H|def listing(shelf_id):
    shelf = find(shelf_id)
    rows = [
        book
        for book in everything()
        if book.shelf == ⟦F|⟦S|shelf⟧.name⟧
    ]
    return jsonify(rows)⟧
