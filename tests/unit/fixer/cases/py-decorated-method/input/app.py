from flask import abort
from flask.views import MethodView


class Show(MethodView):
    @cached
    ⟦H|def get(self, book_id):
        book = find(book_id)
        return ⟦F|⟦S|book⟧.title⟧⟧
