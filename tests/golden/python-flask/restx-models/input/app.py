from flask import Flask, request
from flask_restx import Api, Resource, fields, reqparse, Namespace, inputs, abort
from werkzeug.datastructures import FileStorage

app = Flask(__name__)
api = Api(app, version="1.0", prefix="/api")
ns = api.namespace("todos", description="TODO operations")

address = api.model("Address", {"city": fields.String(required=True), "zip": fields.String(pattern="^[0-9]{5}$")})
todo = api.model("Todo", {
    "id": fields.Integer(readonly=True, description="The id"),
    "task": fields.String(required=True, min_length=1, max_length=80),
    "priority": fields.Integer(min=1, max=5, default=3),
    "state": fields.String(enum=["open", "done"]),
    "due": fields.DateTime,
    "tags": fields.List(fields.String),
    "where": fields.Nested(address),
    "score": fields.Float,
    "is_late": fields.Boolean(attribute="late"),
})
page = api.model("Page", {"items": fields.List(fields.Nested(todo)), "total": fields.Integer})
sub = api.inherit("Sub", todo, {"parent": fields.Integer(required=True)})
TODOS = {}

parser = reqparse.RequestParser()
parser.add_argument("page", type=int, location="args", default=1)
parser.add_argument("state", choices=("open", "done"), location="args")
parser.add_argument("X-Token", location="headers", required=True)
parser.add_argument("sid", location="cookies")

form = reqparse.RequestParser()
form.add_argument("name", type=str, required=True, location="form")
form.add_argument("file", type=FileStorage, location="files", required=True)

jsonp = api.parser()
jsonp.add_argument("rate", type=int, required=True, help="Rate cannot be converted", location="json")


@ns.route("/")
class TodoList(Resource):
    @ns.doc("list")
    @ns.expect(parser)
    @ns.marshal_with(page)
    def get(self):
        args = parser.parse_args()
        return {"items": list(TODOS.values())[args["page"]:], "total": len(TODOS)}

    @ns.expect(todo, validate=True)
    @ns.marshal_with(todo, code=201)
    def post(self):
        data = api.payload
        data["id"] = len(TODOS) + 1
        data["where"]["city"]
        TODOS[data["id"]] = data
        return data, 201


@ns.route("/<int:id>")
@ns.response(404, "Todo not found")
@ns.param("id", "The task identifier")
class Todo(Resource):
    @ns.marshal_with(todo)
    def get(self, id):
        if id not in TODOS:
            api.abort(404, "no")
        return TODOS[id]

    @ns.expect(todo)
    @ns.marshal_with(todo, as_list=False)
    def put(self, id):
        data = request.json
        TODOS[id]["task"] = data["task"]
        return TODOS[id]

    @ns.response(204, "gone")
    def delete(self, id):
        TODOS.pop(id)
        return "", 204


@ns.route("/upload")
class Upload(Resource):
    @ns.expect(form)
    def post(self):
        args = form.parse_args()
        return {"name": args["name"], "file": args["file"].filename}


@ns.route("/rate")
class Rate(Resource):
    @ns.expect(jsonp, validate=True)
    def post(self):
        return {"rate": jsonp.parse_args()["rate"] + 1}


@ns.route("/subs")
class Subs(Resource):
    @ns.expect([sub], validate=True)
    @ns.marshal_list_with(sub)
    def post(self):
        return request.json
