from apifairy import APIFairy, arguments, authenticate, body, response
from flask import Flask, abort
from flask_httpauth import HTTPTokenAuth
from flask_marshmallow import Marshmallow

from marshmallow import Schema, fields, validate, post_load, validates, ValidationError, pre_load, EXCLUDE, validates_schema

app = Flask(__name__)
ma = Marshmallow(app)
apifairy = APIFairy(app)
auth = HTTPTokenAuth()


class UserSchema(ma.Schema):
    class Meta:
        ordered = True

    id = ma.Int(dump_only=True)
    name = ma.Str(required=True, validate=validate.Length(min=3, max=64))
    mail = fields.Email(required=True, data_key="eMail")
    age = fields.Int(validate=validate.Range(min=1), load_default=3)
    password = fields.Str(load_only=True, required=True)
    kind = fields.Str(validate=[validate.OneOf(["a", "b"]), validate.Length(max=2)])
    seen = fields.DateTime(dump_only=True)

    @validates("name")
    def name_ok(self, value):
        if value[0].isdigit():
            raise ValidationError("digit")

    @post_load
    def make(self, data, **kwargs):
        return data


class Plain(Schema):
    class Meta:
        unknown = EXCLUDE

    limit = fields.Integer(load_default=10)


@app.route("/users", methods=["POST"])
@body(UserSchema)
@response(UserSchema, 201)
def new(args):
    return {"id": 1, "name": args["name"].upper()}


@app.route("/users", methods=["GET"])
@authenticate(auth)
@arguments(Plain)
@response(UserSchema(many=True))
def all(args):
    return []


@app.route("/users/<int:id>", methods=["PATCH"])
@body(UserSchema(partial=True))
@response(UserSchema)
def change(args, id):
    return {"n": args["name"].strip()}


@app.post("/plain")
def plain():
    data = UserSchema(only=("name", "mail")).load({})
    return UserSchema().dump(data)
