from flask import Flask, jsonify, redirect, request

app = Flask(__name__)


@app.route("/notes", methods=["GET", "POST"])
def notes():
    if request.method == "POST":
        data = request.get_json()
        return jsonify(title=data["title"].strip()), 201
    return jsonify([{"id": int(request.args.get("page", "1"))}])


@app.route("/form", methods=("GET", "POST", "DELETE"))
def form():
    if request.method == "GET":
        return "<form>"
    elif request.method == "DELETE":
        return "", 204
    name = request.form["name"]
    age = int(request.form["age"])
    return redirect("/" + name)


@app.route("/one", methods=["POST"])
def one():
    if request.method == "POST":
        return {"x": request.json["x"] + 1}
    return "never"
