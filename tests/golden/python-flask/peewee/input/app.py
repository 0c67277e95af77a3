from flask import Flask, jsonify, request, abort
from peewee import SqliteDatabase, Model, CharField, IntegerField, ForeignKeyField, DateTimeField, TextField, DoesNotExist, BooleanField, AutoField, fn
from playhouse.shortcuts import model_to_dict

db = SqliteDatabase("x.db")
app = Flask(__name__)


class Base(Model):
    class Meta:
        database = db


class Person(Base):
    name = CharField(max_length=40, unique=True)
    age = IntegerField(null=True)


class Pet(Base):
    owner = ForeignKeyField(Person, backref="pets")
    kind = CharField()


@app.get("/people/<int:pid>")
def one(pid):
    person = Person.get(Person.id == pid)
    return jsonify(name=person.name)


@app.get("/people/<int:pid>/safe")
def one_safe(pid):
    try:
        person = Person.get(Person.id == pid)
    except Person.DoesNotExist:
        abort(404)
    return jsonify(name=person.name)


@app.get("/people/<int:pid>/safe2")
def one_safe2(pid):
    try:
        person = Person.get_by_id(pid)
    except DoesNotExist:
        return jsonify(error="no"), 404
    return jsonify(name=person.name)


@app.get("/people/<int:pid>/none")
def none(pid):
    person = Person.get_or_none(Person.id == pid)
    return jsonify(name=person.name)


@app.get("/people/<int:pid>/none-safe")
def none_safe(pid):
    person = Person.get_or_none(Person.id == pid)
    if person is None:
        abort(404)
    return jsonify(name=person.name, pets=[p.kind for p in person.pets])


@app.get("/people/<int:pid>/next-age")
def next_age(pid):
    person = Person.get_or_none(Person.id == pid)
    if person is None:
        abort(404)
    return jsonify(age=person.age + 1)


@app.get("/people/by-name")
def by_name():
    name = request.args.get("name")
    person = Person.select().where(Person.name == name).first()
    return jsonify(id=person.id)


@app.get("/people/by-name2")
def by_name2():
    name = request.args.get("name")
    person = Person.select().where(Person.name == name).get()
    return jsonify(id=person.id)


@app.get("/people/<int:pid>/sub")
def sub(pid):
    person = Person[pid]
    return jsonify(id=person.id)


@app.post("/people")
def create():
    data = request.get_json()
    person = Person.create(name=data["name"], age=data.get("age"))
    return jsonify(model_to_dict(person)), 201


@app.get("/people")
def all_people():
    return jsonify([model_to_dict(p) for p in Person.select().order_by(Person.name)])


@app.delete("/people/<int:pid>")
def gone(pid):
    n = Person.delete().where(Person.id == pid).execute()
    if not n:
        abort(404)
    return "", 204
