from flask import Flask, request
from marshmallow import Schema, fields

app = Flask(__name__)


class OrderSchema(Schema):
    number = fields.Int(required=True)
    customer = fields.Nested("CustomerSchema", required=True)
    lines = fields.List(fields.Nested(lambda: LineSchema()))


class CustomerSchema(Schema):
    name = fields.Str(required=True)
    orders = fields.List(fields.Nested("OrderSchema", exclude=("customer",)), dump_only=True)


class LineSchema(Schema):
    article = fields.Str(required=True)


@app.post("/orders")
def create():
    return OrderSchema().load(request.get_json()), 201
