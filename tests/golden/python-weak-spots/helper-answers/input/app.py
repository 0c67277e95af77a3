from urllib.parse import urlparse
from flask import Flask, abort, jsonify, request
app = Flask(__name__)


def is_safe(url):
    if not url:
        return False
    parts = urlparse(url)
    return parts.netloc == "" and url.startswith("/")


@app.get("/guarded")
def guarded():
    url = request.args.get("next")
    if not is_safe(url):
        return jsonify(error="bad"), 400
    return jsonify(up=url.upper())


@app.get("/stored")
def stored():
    url = request.args.get("next")
    ok = is_safe(url)
    if not ok:
        abort(400)
    return jsonify(up=url.upper())


@app.get("/ignored")
def ignored():
    url = request.args.get("next")
    is_safe(url)
    return jsonify(up=url.upper())


@app.get("/wrong-way")
def wrong_way():
    url = request.args.get("next")
    if is_safe(url):
        return jsonify(error="bad"), 400
    return jsonify(up=url.upper())


def check(data):
    if data is None:
        return False, "no body"
    if "name" not in data:
        return False, "no name"
    return True, None


@app.post("/pair")
def pair():
    data = request.get_json(silent=True)
    ok, why = check(data)
    if not ok:
        return jsonify(error=why), 400
    return jsonify(n=data["name"], age=data["age"])


def problems(data):
    errors = []
    if not isinstance(data, dict):
        errors.append("no data")
        return errors
    if not isinstance(data.get("name"), str):
        errors.append("name")
    return errors


@app.post("/listed")
def listed():
    data = request.get_json(silent=True)
    errors = problems(data)
    if errors:
        return jsonify(errors=errors), 400
    return jsonify(n=data["name"].upper(), age=data["age"])


@app.post("/inline")
def inline():
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        abort(400)
    errors = {}
    if not isinstance(data.get("name"), str):
        errors["name"] = "must be a text"
    if "age" not in data:
        errors["age"] = "is missing"
    if errors:
        return jsonify(errors=errors), 400
    return jsonify(n=data["name"].upper(), age=data["age"], size=data["size"])
