from flask import abort


⟦H|def listing(shelf_id):
    return sorted(find_all(shelf_id), key=lambda book: ⟦F|⟦S|book⟧.title⟧)⟧
