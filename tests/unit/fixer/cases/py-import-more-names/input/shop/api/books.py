from flask import request

from ..errors import NotFound
from ..models import Book


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
