from flask import Flask, abort, jsonify, request

app = Flask(__name__)
BOOKS = {"1": {"title": "A"}}


def logged(f):
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner


@app.get("/books/<int:id>")
@logged
def one(id):
    lang = request.args.get("lang", "en")
    if lang == "xx":
        abort(400)
    return jsonify(id=id, lang=lang)


@app.post("/books")
def create():
    data = request.get_json()
    return {"title": data["title"].strip()}, 201


@app.put("/books/<int:id>")
def change(id):
    data = request.json
    if "title" not in data or not isinstance(data["title"], str):
        return jsonify({"error": "title"}), 400
    return {"title": data["title"].strip()}


@app.patch("/books/<int:id>")
def patch(id):
    data = request.json
    try:
        title = data["title"]
    except KeyError:
        return {"error": "title"}, 400
    return {"title": title}


@app.delete("/books/<int:id>")
def remove(id):
    force = request.args.get("force")
    if force is None:
        return {"error": "force"}, 400
    return "", 204


@app.post("/lines")
def lines():
    count = int(request.json.get("count", "1"))
    return {"count": count}
