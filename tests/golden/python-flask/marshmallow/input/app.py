from flask import Flask, jsonify, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

app = Flask(__name__)


class LineSchema(Schema):
    sku = fields.Str(required=True)
    count = fields.Int(load_default=1, validate=validate.Range(min=1))


class OrderSchema(Schema):
    email = fields.Email(required=True, allow_none=True)
    lines = fields.List(fields.Nested(LineSchema), required=True, validate=validate.Length(min=1))
    colour = fields.Str(validate=[validate.OneOf(["red", "blue"]), validate.Length(max=10)])
    note = fields.Str()
    made = fields.Date()


class BigOrderSchema(OrderSchema):
    note = fields.Str(required=True)
    rank = fields.Int(dump_only=True)


order_schema = OrderSchema()


@app.post("/orders")
def create():
    # Nobody answers ValidationError.
    data = order_schema.load(request.get_json())
    return jsonify(note=data["note"])


@app.post("/big")
def create_big():
    try:
        data = BigOrderSchema(unknown=EXCLUDE).load(request.get_json())
    except ValidationError as error:
        return jsonify(error.messages), 422
    return jsonify(note=data["note"].strip(), sku=data["lines"][0]["sku"].upper())


@app.post("/many")
def create_many():
    try:
        rows = LineSchema(many=True).load(request.get_json())
    except ValidationError as error:
        return jsonify(error.messages), 422
    return jsonify([row["sku"].upper() for row in rows])


@app.post("/some")
def create_some():
    try:
        data = OrderSchema(only=["email", "note"]).load(request.get_json())
    except ValidationError as error:
        return jsonify(error.messages), 422
    return jsonify(email=data["email"].lower())
