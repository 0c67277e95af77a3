from typing import Optional
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column
app = Flask(__name__)
db = SQLAlchemy(app)
class Person(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(40), nullable=False)
    nick = db.Column(db.String(40), nullable=True)
    other = db.Column(db.String(40))
    mapped: Mapped[Optional[str]] = mapped_column()
    m2: Mapped[str] = mapped_column()
@app.get("/a/<int:pid>")
def a(pid):
    p = Person.query.get_or_404(pid)
    return {"n": p.nick.upper()}
@app.get("/b/<int:pid>")
def b(pid):
    p = Person.query.get_or_404(pid)
    if p.nick is None:
        return {}
    return {"n": p.nick.upper(), "x": p.name.upper(), "y": p.m2.upper()}
@app.get("/c/<int:pid>")
def c(pid):
    p = Person.query.get_or_404(pid)
    return {"n": p.mapped.upper(), "nick": p.nick}
