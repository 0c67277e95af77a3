import json
import os
import re
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)
RATES = {"eur": 1.0, "usd": 1.1}
NAMES = ["a", "b"]


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(40))


@app.post("/k1")
def k1():
    data = request.get_json()
    return {"n": data["name"].upper()}


@app.post("/k2")
def k2():
    data = request.json
    return {"n": data["a"]["b"]}


@app.post("/k3")
def k3():
    data = request.get_json()
    return {"n": data.get("a").get("b")}


@app.post("/k4")
def k4():
    total = 0
    for item in request.json["items"]:
        total += item["price"] * item["qty"]
    return {"t": total}


@app.post("/k5")
def k5():
    data = request.get_json()
    return {"r": RATES[data["currency"]]}


@app.get("/k6/<currency>")
def k6(currency):
    return {"r": RATES[currency]}


@app.get("/i1")
def i1():
    return {"n": int(request.args.get("n"))}


@app.get("/i2")
def i2():
    n = int(request.args.get("n", 1))
    return {"n": 100 / n}


@app.get("/i3")
def i3():
    return {"n": float(request.args["n"])}


@app.get("/i4")
def i4():
    page = request.args.get("page", type=int)
    return {"n": page + 1}


@app.get("/i5")
def i5():
    i = request.args.get("i", 0, type=int)
    return {"n": NAMES[i]}


@app.post("/d1")
def d1():
    data = request.get_json(force=True)
    when = datetime.strptime(data["when"], "%Y-%m-%d")
    return {"w": when.isoformat()}


@app.get("/d2")
def d2():
    return {"w": date.fromisoformat(request.args["d"]).isoformat()}


@app.get("/d3")
def d3():
    ts = request.args.get("ts", type=float)
    return {"w": datetime.fromtimestamp(ts).isoformat()}


@app.get("/d4")
def d4():
    return {"w": (datetime.now() - timedelta(days=int(request.args.get("days", "1")))).isoformat()}


@app.get("/d5")
def d5():
    y = int(request.args.get("y", "2000"))
    return {"w": date(y, 1, 1).isoformat()}


@app.post("/c1")
def c1():
    return {"a": str(Decimal(request.json["amount"]))}


@app.get("/u1/<uid>")
def u1(uid):
    return {"u": str(UUID(uid))}


@app.get("/u2")
def u2():
    return {"u": str(uuid.UUID(request.args.get("u", "")))}


@app.get("/r1")
def r1():
    m = re.match(r"(\d+)-(\d+)", request.args.get("range", ""))
    return {"a": m.group(1)}


@app.get("/r2")
def r2():
    a, b = re.search(r"(\d+)-(\d+)", request.args["range"]).groups()
    return {"a": a}


@app.get("/r3")
def r3():
    return {"m": bool(re.search(request.args["pattern"], "text"))}


@app.post("/j1")
def j1():
    return {"j": json.loads(request.data)["x"]}


@app.get("/j2")
def j2():
    f = json.loads(request.args.get("filter", "{}"))
    return {"j": f}


@app.get("/e1")
def e1():
    return {"e": os.environ["SECRET_THING"]}


@app.get("/e2")
def e2():
    return {"e": os.getenv("SECRET_THING").lower()}


@app.get("/n1/<name>")
def n1(name):
    user = next(u for u in [{"name": "x"}] if u["name"] == name)
    return user


@app.get("/n2/<name>")
def n2(name):
    user = next((u for u in [{"name": "x"}] if u["name"] == name), None)
    return {"n": user["name"]}


@app.get("/n3/<name>")
def n3(name):
    found = [n for n in NAMES if n == name]
    return {"n": found[0]}


@app.get("/s1")
def s1():
    a, b = request.args.get("pair", "").split(",")
    return {"a": a}


@app.get("/s2")
def s2():
    token = request.headers.get("Authorization").split(" ")[1]
    return {"t": token}


@app.get("/s3")
def s3():
    return {"ext": request.args["file"].split(".")[1]}


@app.get("/s4")
def s4():
    return {"i": request.args["file"].index(".")}


@app.get("/q1/<int:id>")
def q1(id):
    return {"n": User.query.get(id).name}


@app.get("/q2")
def q2():
    return {"n": User.query.filter_by(name=request.args.get("name")).first().name}


@app.get("/q3/<int:id>")
def q3(id):
    return {"n": db.session.get(User, id).name}


@app.get("/q4/<name>")
def q4(name):
    return {"n": User.query.filter_by(name=name).one().name}


@app.post("/f1")
def f1():
    file = request.files["doc"]
    return {"x": file.filename.rsplit(".", 1)[1]}


@app.post("/f2")
def f2():
    file = request.files.get("doc")
    return {"x": file.filename}


@app.post("/l1")
def l1():
    data = request.get_json()
    return {"first": data["tags"][0], "last": data["tags"][-1]}


@app.delete("/l2/<name>")
def l2(name):
    NAMES.remove(name)
    return "", 204


@app.delete("/l3/<cur>")
def l3(cur):
    RATES.pop(cur)
    return "", 204


@app.delete("/l4/<cur>")
def l4(cur):
    del RATES[cur]
    return "", 204


@app.post("/m1")
def m1():
    data = request.get_json()
    return {"m": max(data["xs"]), "s": sum(data["ys"])}


@app.post("/m2")
def m2():
    data = request.get_json()
    return {"m": data["a"] + data["b"], "avg": sum(data["xs"]) / len(data["xs"])}


@app.post("/m3")
def m3():
    data = request.get_json()
    return {"m": "Hello " + data["name"], "s": sorted(data["xs"], key=lambda x: x["rank"])}


@app.post("/g1")
def g1():
    data = request.get_json()
    user = User(**data)
    return {"m": user.name}


@app.get("/b1")
def b1():
    import base64

    return {"m": base64.b64decode(request.args["x"]).decode("utf-8")}


@app.get("/h1")
def h1():
    return {"m": bytes.fromhex(request.args["x"]).hex(), "c": chr(int(request.args["y"], 16))}
