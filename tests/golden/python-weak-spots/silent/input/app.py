import json
import os
import re
from datetime import datetime

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
BOOKS = [{"id": "1", "title": "Sea"}]
PRICES = {"a": 1, "b": 2}
CODE = re.compile(r"([A-Z]+)-(\d+)")


@app.post("/json/nested")
def nested():
    data = request.get_json()
    if not isinstance(data, dict):
        return jsonify(error="object"), 400
    user = data.get("user")
    if not isinstance(user, dict) or not isinstance(user.get("name"), str):
        return jsonify(error="user"), 400
    return jsonify(name=user["name"].strip())


@app.post("/json/numbers")
def numbers():
    data = request.get_json()
    if not isinstance(data, dict) or not isinstance(data.get("parts"), int) or data["parts"] == 0:
        return jsonify(error="parts"), 400
    return jsonify(share=100 // data["parts"])


@app.post("/json/list")
def first():
    data = request.get_json()
    if not isinstance(data, dict) or not isinstance(data.get("items"), list) or not data["items"]:
        return jsonify(error="items"), 400
    return jsonify(first=data["items"][0])


@app.get("/parse")
def parse():
    try:
        n = int(request.args["n"])
        on = datetime.strptime(request.args["on"], "%Y-%m-%d")
    except ValueError:
        return jsonify(error="form"), 400
    return jsonify(n=n, on=on.isoformat())


@app.get("/parse/digits")
def digits():
    n = request.args.get("n", "")
    if not n.isdigit():
        abort(400)
    return jsonify(n=int(n))


@app.post("/parse/json")
def parse_json():
    try:
        return jsonify(json.loads(request.data))
    except (ValueError, TypeError):
        return jsonify(error="json"), 400


@app.get("/match/<code>")
def match(code):
    found = CODE.match(code)
    if not found:
        abort(404)
    return jsonify(number=found.group(2))


@app.get("/match-walrus/<code>")
def walrus(code):
    if (found := CODE.match(code)) is None:
        abort(404)
    return jsonify(number=found.group(2))


@app.get("/next/<id>")
def search(id):
    book = next((book for book in BOOKS if book["id"] == id), None)
    if book is None:
        abort(404)
    return jsonify(title=book["title"])


@app.get("/key/<name>")
def key(name):
    if name not in PRICES:
        abort(404)
    return jsonify(price=PRICES[name])


@app.get("/key-get/<name>")
def key_get(name):
    return jsonify(price=PRICES.get(name, 0) + 1)


@app.get("/key-error/<name>")
def key_error(name):
    try:
        return jsonify(price=PRICES[name])
    except KeyError:
        return jsonify(error="name"), 404


@app.get("/split")
def split():
    parts = request.args["email"].split("@")
    if len(parts) < 2:
        abort(400)
    return jsonify(name=parts[0], domain=parts[1])


@app.get("/setting")
def setting():
    return jsonify(region=os.environ.get("REGION", "eu").lower())
