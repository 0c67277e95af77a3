from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

app = Flask(__name__)
db = SQLAlchemy(app)


class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    isbn = db.Column(db.String(13))
    title = db.Column(db.String(200))

    def to_dict(self):
        return {"id": self.id, "title": self.title}


@app.get("/query/<isbn>")
def by_query(isbn):
    return Book.query.filter_by(isbn=isbn).first().to_dict()


@app.get("/filter/<isbn>")
def by_filter(isbn):
    book = db.session.query(Book).filter(Book.isbn == isbn).one_or_none()
    return jsonify(title=book.title)


@app.get("/get/<int:id>")
def by_get(id):
    book = db.session.get(Book, id)
    return book.to_dict()


@app.get("/one/<isbn>")
def by_one(isbn):
    return Book.query.filter_by(isbn=isbn).one().to_dict()


@app.get("/scalar/<isbn>")
def by_scalar(isbn):
    book = db.session.scalar(select(Book).where(Book.isbn == isbn))
    return book.to_dict()


@app.get("/scalars/<isbn>")
def by_scalars(isbn):
    return db.session.execute(db.select(Book).filter_by(isbn=isbn)).scalars().first().to_dict()


# Silent from here on.
@app.get("/checked/<isbn>")
def checked(isbn):
    book = Book.query.filter_by(isbn=isbn).first()
    if book is None:
        abort(404)
    return book.to_dict()


@app.get("/or/<int:id>")
def or_abort(id):
    book = db.session.get(Book, id) or abort(404)
    return book.to_dict()


@app.get("/or404/<int:id>")
def or_404(id):
    return jsonify([Book.query.get_or_404(id).to_dict(), db.get_or_404(Book, id).to_dict(), Book.query.filter_by(id=id).first_or_404().to_dict()])


@app.get("/all")
def every():
    title = request.args.get("title")
    rows = Book.query.order_by(Book.title)
    if title:
        rows = rows.filter(Book.title.ilike(f"%{title}%"))
    return jsonify([book.to_dict() for book in rows.all()], count=rows.count(), first=[book.title for book in rows])
