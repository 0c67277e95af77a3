from functools import wraps

from flask import Blueprint, Flask, request
from flask_restx import Api, Namespace, Resource, abort, fields

app = Flask(__name__)
blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
api = Api(blueprint, version="1")
notes = Namespace("notes", description="Notes")
tags = Namespace("tags", path="/labels")
NOTES = {}


def signed_in(view):
    @wraps(view)
    def inner(*args, **kwargs):
        if request.headers.get("X-User") is None:
            abort(401)
        return view(*args, **kwargs)

    return inner


note = notes.model("Note", {"text": fields.String})


@notes.route("")
class NoteList(Resource):
    method_decorators = [signed_in]

    @notes.marshal_list_with(note)
    def get(self):
        return list(NOTES.values())

    @notes.expect(note)
    def post(self):
        data = request.get_json()
        return {"success": True, "text": data["text"].strip()}, 201


@notes.route("/<int:note_id>", "/by-id/<int:note_id>")
@notes.param("note_id", "A note")
class NoteDetail(Resource):
    def get(self, note_id):
        if note_id not in NOTES:
            abort(404)
        return NOTES[note_id]

    @signed_in
    def delete(self, note_id):
        return "", 204


@tags.route("/<name>")
class Tag(Resource):
    def get(self, name):
        return {"name": name}


class Ping(Resource):
    def get(self):
        return {"ok": True}


more = api.namespace("more")


@more.route("/ping")
class MorePing(Ping):
    pass


api.add_namespace(notes, "/my-notes")
api.add_namespace(tags)
api.add_resource(Ping, "/ping", "/health")
app.register_blueprint(blueprint)
