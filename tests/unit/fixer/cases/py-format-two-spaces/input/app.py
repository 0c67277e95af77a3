from flask import Flask, abort, request

from .models import Book

app = Flask(__name__)


@app.get("/books/<int:book_id>")
⟦H|def show(book_id):
  if book_id < 1:
    ⟦M|abort(400, "the id is not valid")⟧
  book = Book.query.get(book_id)
  return {"title": ⟦F|⟦S|book⟧.title⟧}⟧
