import base64
import os
import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from flask import Flask, abort, request

app = Flask(__name__)
RATES = {"eur": 1.0}
NAMES = ["a", "b"]


@app.get("/i5")
def i5():
    i = request.args.get("i", 0, type=int)
    if not 0 <= i < len(NAMES):
        abort(400)
    return {"n": NAMES[i]}


@app.get("/d3")
def d3():
    try:
        return {"w": datetime.fromtimestamp(float(request.args["ts"])).isoformat()}
    except (ValueError, OverflowError):
        abort(400)


@app.get("/d4")
def d4():
    days = request.args.get("days", 1, type=int)
    if days < 0 or days > 365:
        abort(400)
    return {"w": (datetime.now() - timedelta(days=days)).isoformat()}


@app.get("/d5")
def d5():
    y = request.args.get("y", 2000, type=int)
    if y < 1900 or y > 2100:
        abort(400)
    return {"w": date(y, 1, 1).isoformat()}


@app.get("/c1")
def c1():
    try:
        return {"a": str(Decimal(request.args["amount"]))}
    except InvalidOperation:
        abort(400)


@app.delete("/l2/<name>")
def l2(name):
    if name in NAMES:
        NAMES.remove(name)
    return "", 204


@app.delete("/l3/<cur>")
def l3(cur):
    if cur not in RATES:
        abort(404)
    RATES.pop(cur)
    return "", 204


@app.delete("/l5/<cur>")
def l5(cur):
    RATES.pop(cur, None)
    return "", 204


@app.post("/m1")
def m1():
    data = request.get_json(silent=True)
    if not isinstance(data, dict) or not isinstance(data.get("xs"), list) or not data["xs"]:
        abort(400)
    xs = data["xs"]
    return {"m": max(xs), "avg": sum(xs) / len(xs), "b": max(3, 4), "c": max(len(xs), 2)}


@app.get("/m2")
def m2():
    xs = request.args.getlist("x", type=int)
    return {"m": max(xs, default=0), "n": max(xs) if xs else 0}


@app.get("/b1")
def b1():
    try:
        return {"m": base64.b64decode(request.args["x"]).decode()}
    except ValueError:
        abort(400)


@app.get("/s4")
def s4():
    name = request.args["file"]
    if "." not in name:
        abort(400)
    return {"i": name.index(".")}


@app.post("/g1")
def g1():
    rows = sorted(NAMES, key=lambda n: n.lower())
    return {"m": list(map(lambda n: n.upper(), rows))}


def parse(text):
    try:
        return int(text)
    except ValueError:
        raise KeyError(text)


@app.get("/k1")
def k1():
    try:
        return {"n": parse(request.args["n"])}
    except KeyError:
        abort(400)
