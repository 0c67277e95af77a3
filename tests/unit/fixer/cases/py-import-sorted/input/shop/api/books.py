from flask import Flask, request, url_for

app = Flask(__name__)


⟦H|def show(book_id):
    book = find(book_id)
    return ⟦F|⟦S|book⟧.title⟧⟧
