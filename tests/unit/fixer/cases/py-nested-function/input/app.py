from flask import abort


def create_app():
    @app.get("/books/<book_id>")
    ⟦H|def show(book_id):
        """One book."""
        book = find(book_id)
        try:
            return ⟦F|⟦S|book⟧.title⟧
        except KeyError:
            return ""⟧
