from flask import abort, jsonify


⟦H|def listing(shelf_id):
    return jsonify([⟦F|⟦S|book⟧.title⟧ for book in find_all(shelf_id)])⟧
