from flask import Flask
from flask_restx import Api, Resource, reqparse, inputs

app = Flask(__name__)
api = Api(app, prefix="/v1")
listing = reqparse.RequestParser()
listing.add_argument("page", type=int, default=1)
listing.add_argument("kind", choices=["a", "b"], location="args")
listing.add_argument("q", required=True)
listing.add_argument("sort")
making = reqparse.RequestParser()
making.add_argument("name", type=str, required=True, help="Name")
making.add_argument("age", type=inputs.int_range(1, 99))
making.add_argument("tags", action="append")
changing = making.copy()
changing.replace_argument("name", type=str)
changing.remove_argument("tags")


@api.route("/notes")
class Notes(Resource):
    def get(self):
        args = listing.parse_args()
        return {"q": args["q"].strip(), "n": args["page"] + 1, "s": args["sort"].lower()}

    def post(self):
        args = making.parse_args()
        return {"name": args["name"].upper(), "age": args["age"] + 1}, 201

    def put(self):
        args = changing.parse_args()
        if args["name"] is None:
            return {"error": "name"}, 400
        return {"name": args["name"].upper()}
