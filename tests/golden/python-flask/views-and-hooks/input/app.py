from functools import wraps

from flask import Blueprint, Flask, jsonify, request
from flask.views import MethodView

app = Flask(__name__)
api = Blueprint("api", __name__)
admin = Blueprint("admin", __name__, url_prefix="/admin")


def logged(view):
    @wraps(view)
    def inner(*args, **kwargs):
        return view(*args, **kwargs)

    return inner


class Notes(MethodView):
    decorators = [logged]

    def get(self):
        return jsonify([])

    def post(self):
        data = request.get_json()
        return self._save(data["text"]), 201

    def _save(self, text):
        return {"text": text.strip()}


class Note(MethodView):
    def get(self, note_id):
        return {"id": note_id}

    @logged
    def delete(self, note_id):
        return "", 204


api.add_url_rule("/notes", view_func=Notes.as_view("notes"))
api.add_url_rule("/notes/<uuid:note_id>", view_func=Note.as_view("note"), methods=["DELETE"])


@admin.get("/stats")
def stats():
    return jsonify(notes=0)


@api.get("/sections/<any(fiction, 'science'):name>/<string(length=2):code>")
def section(name, code):
    return jsonify(name=name, code=code)


# Said behind the route, and holds for it all the same; what it returns is the answer.
@admin.before_request
def check_key():
    if request.headers.get("X-Key") is None:
        return jsonify(error="key"), 401


@admin.before_app_request
def check_client():
    if not request.headers.get("X-Client"):
        return {"error": "client"}, 400


api.register_blueprint(admin)
app.register_blueprint(api, url_prefix="/v1")
