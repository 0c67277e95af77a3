from uuid import UUID
from flask import Flask, abort, request
app = Flask(__name__)


def is_valid(val):
    try:
        UUID(val)
        return True
    except ValueError:
        return False


@app.get("/a")
def a():
    rid, rid_str = None, request.args.get("rid")
    if rid_str is not None:
        if not is_valid(rid_str):
            return {"e": 1}, 400
        rid = UUID(rid_str)
    return {"r": str(rid)}


@app.get("/b")
def b():
    rid_str = request.args.get("rid")
    if rid_str is not None:
        if not is_valid(rid_str):
            return {"e": 1}, 400
        rid = UUID(rid_str)
    return {}


def allow(url):
    if not url:
        return False
    return url.startswith("/")


@app.get("/c")
def c():
    if allow(request.args.get("next")):
        return {"n": request.args.get("next").upper()}
    return {}
