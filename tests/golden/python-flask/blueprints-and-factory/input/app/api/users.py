from flask import jsonify, request, abort
from app.api import bp

def login_required(f):
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner

@bp.route("/users/<int:id>", methods=["GET"])
@login_required
def get_user(id):
    name = request.args.get("name")
    return jsonify({"id": id, "name": name})

@bp.post("/users")
def create():
    data = request.get_json()
    return jsonify({"name": data["name"].upper()}), 201
