from functools import wraps

from apifairy import APIFairy, arguments, authenticate, body, other_responses, response
from flask import Flask, abort
from flask_httpauth import HTTPBasicAuth, HTTPTokenAuth
from flask_marshmallow import Marshmallow
from marshmallow import validate

app = Flask(__name__)
ma = Marshmallow(app)
APIFairy(app)
basic_auth = HTTPBasicAuth()
token_auth = HTTPTokenAuth()
films = {}


@token_auth.verify_token
def verify_token(token):
    return token == "let-me-in"


class PageSchema(ma.Schema):
    limit = ma.Integer()
    after = ma.DateTime(load_only=True)
    total = ma.Integer(dump_only=True)


class FilmSchema(ma.Schema):
    id = ma.Integer(dump_only=True)
    title = ma.String(required=True, validate=validate.Length(min=1, max=80))
    secret = ma.String(load_only=True)


def paged(schema, pages=PageSchema):
    class PagedSchema(ma.Schema):
        pagination = ma.Nested(pages)
        data = ma.Nested(schema, many=True)

    return PagedSchema


def paged_response(schema, pages=PageSchema):
    def inner(f):
        @wraps(f)
        def page(*args, **kwargs):
            args = list(args)
            wanted = args.pop(-1)
            return {"data": f(*args, **kwargs), "pagination": {"limit": wanted.get("limit", 10)}}

        return arguments(pages)(response(paged(schema, pages))(page))

    return inner


@app.post("/tokens")
@authenticate(basic_auth)
def log_in():
    return {"token": "let-me-in"}


@app.get("/films")
@authenticate(token_auth)
@paged_response(FilmSchema(many=True))
def list_films():
    return list(films.values())


@app.post("/films")
@authenticate(token_auth)
@body(FilmSchema)
@response(FilmSchema, 201)
def add_film(data):
    films[len(films)] = data
    return data


@app.get("/films/<int:key>")
@response(FilmSchema)
@other_responses({404: "No such film"})
def show_film(key):
    return films.get(key) or abort(404)
