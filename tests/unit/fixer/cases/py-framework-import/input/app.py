from flask import Flask, request

app = Flask(__name__)


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
