from flask import Flask
from flask_restx import Api, Resource, abort, reqparse

app = Flask(__name__)
api = Api(app)
listing = reqparse.RequestParser()
listing.add_argument("page", type=int, location="args")


@api.route("/notes")
class Notes(Resource):
    def get(self):
        args = listing.parse_args()
        return {"next": args["page"] + 1}


@api.route("/tags/<name>")
class Tag(Resource):
    def get(self, name):
        if name != "a":
            abort(404, "no such tag")
        return {"name": name}
