from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/search")
def search():
    text = request.args["q"]
    page = request.args.get("page", 1, type=int)
    size = request.args.get("size", default=20, type=int)
    tags = request.args.getlist("tag")
    if page < 1 or size > 50:
        return jsonify(error="page"), 400
    return jsonify(q=text.strip(), offset=(page - 1) * size, tags=tags)


@app.get("/share")
def share():
    # No default: None when it is absent or no number.
    parts = request.args.get("parts", type=int)
    return jsonify(share=100 / parts)


@app.get("/half")
def half():
    limit = request.args.get("limit", type=int)
    if not limit:
        return jsonify(error="limit"), 400
    return jsonify(half=100 / limit)


@app.post("/login")
def login():
    name = request.form["name"]
    note = request.form.get("note")
    return jsonify(name=name.lower(), note=note.strip())


@app.post("/upload")
def upload():
    photo = request.files["photo"]
    thumb = request.files.get("thumb")
    return jsonify(photo=photo.filename, thumb=thumb.filename)


@app.get("/agent")
def agent():
    session = request.cookies.get("session")
    if session is None:
        return jsonify(error="session"), 401
    return jsonify(agent=request.headers["X-Agent"].lower(), lang=request.headers.get("X-Lang", "en").lower())


@app.put("/lenient")
def lenient():
    data = request.get_json(silent=True)
    return jsonify(name=data.get("name"))


@app.patch("/lenient")
def guarded():
    data = request.get_json(silent=True) or {}
    if "name" not in data:
        return jsonify(error="name"), 400
    return jsonify(name=data["name"])
