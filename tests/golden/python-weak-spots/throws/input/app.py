import json
import os
import re
from datetime import datetime

from flask import Flask, jsonify, request

app = Flask(__name__)
BOOKS = [{"id": "1", "title": "Sea"}]
PRICES = {"a": 1, "b": 2}
CODE = re.compile(r"([A-Z]+)-(\d+)")


@app.post("/json/nested")
def nested():
    return jsonify(name=request.json["user"]["name"].strip())


@app.post("/json/get")
def get_chain():
    data = request.get_json()
    return jsonify(city=data.get("address").get("city"))


@app.post("/json/numbers")
def numbers():
    data = request.get_json()
    total = data["price"] * 2 + data.get("shipping", 0)
    return jsonify(total=total, share=100 // data["parts"])


@app.post("/json/text")
def text():
    data = request.get_json()
    return jsonify(hello="hello " + data["name"])


@app.post("/json/list")
def first():
    data = request.get_json()
    return jsonify(first=data["items"][0], count=len(data["items"]))


@app.get("/parse")
def parse():
    return jsonify(n=int(request.args["n"]), x=float(request.args["x"]), on=datetime.strptime(request.args["on"], "%Y-%m-%d").isoformat(),
                   at=datetime.fromisoformat(request.args["at"]).isoformat())


@app.post("/parse/json")
def parse_json():
    return jsonify(json.loads(request.data))


@app.get("/match/<code>")
def match(code):
    return jsonify(number=CODE.match(code).group(2), year=re.search(r"\d{4}", code)[0])


@app.get("/pattern")
def pattern():
    return jsonify(found=re.findall(request.args["pattern"], "some text"))


@app.get("/next/<id>")
def search(id):
    book = next(book for book in BOOKS if book["id"] == id)
    return jsonify(title=book["title"])


@app.get("/next-none/<id>")
def search_none(id):
    book = next((book for book in BOOKS if book["id"] == id), None)
    return jsonify(title=book["title"])


@app.get("/key/<name>")
def key(name):
    return jsonify(price=PRICES[name])


@app.get("/key-get/<name>")
def key_get(name):
    return jsonify(price=PRICES.get(name) + 1)


@app.get("/split")
def split():
    return jsonify(domain=request.args["email"].split("@")[1])


@app.get("/setting")
def setting():
    return jsonify(region=os.environ["REGION"].lower(), zone=os.environ.get("ZONE").lower())
