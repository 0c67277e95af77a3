"""Books."""
from __future__ import annotations

from flask import request


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
