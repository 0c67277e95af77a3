from flask import Flask, jsonify, request

app = Flask(__name__)
ROWS = ["a", "b", "c"]


@app.get("/token")
def token():
    return {"token": request.headers.get("Authorization", "").split()[1]}


@app.get("/token/named")
def named():
    parts = request.headers.get("Authorization", "").split(" ")
    return {"token": parts[1]}


@app.get("/last")
def last():
    value = request.args.get("path", "").split("/")[2]
    return {"last": value}


@app.post("/x")
def x():
    return {"x": request.get_json()["x"]}


@app.get("/rows")
def rows():
    return {"row": ROWS[request.args.get("at", 0, type=int)]}


@app.get("/known")
def known():
    if not request.args.get("q"):
        return jsonify(error="q is required"), 400
    return {"q": request.args["q"]}
