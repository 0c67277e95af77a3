from flask import Flask, request, jsonify
app = Flask(__name__)
STOCK = {"pen": 4, "ink": 2}
@app.get("/stock/<name>")
def stock(name):
    return jsonify(n=STOCK[name])
@app.get("/g/stock/<name>")
def stock_g(name):
    if name not in STOCK:
        return jsonify(error="no"), 404
    return jsonify(n=STOCK[name])
@app.post("/tags")
def tags():
    data = request.get_json()
    out = []
    for t in data["tags"]:
        out.append(t.upper())
    return jsonify(out)
@app.post("/pair")
def pair():
    a, b = request.get_json()["range"].split("-")
    return jsonify(a=a, b=b)
@app.get("/whoami")
def whoami():
    token = request.headers.get("Authorization").split(" ")[1]
    return jsonify(t=token)
