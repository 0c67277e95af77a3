from flask import Flask, abort, jsonify, make_response, request
from werkzeug.exceptions import Conflict, HTTPException, NotFound

app = Flask(__name__)
NOTES = {}


class ApiError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status
        self.message = message


class Missing(ApiError):
    def __init__(self, what):
        super().__init__(404, f"no {what}")


class Teapot(HTTPException):
    code = 418


@app.errorhandler(ApiError)
def api_error(error):
    response = jsonify(error=error.message)
    response.status_code = error.status
    return response


@app.errorhandler(HTTPException)
def http_error(error):
    return jsonify(http=error.name), error.code


@app.errorhandler(409)
def conflict(error):
    return jsonify(conflict=True), 409


@app.errorhandler(KeyError)
def no_key(error):
    return jsonify(key=str(error)), 400


@app.get("/notes/<int:id>")
def one(id):
    if id not in NOTES:
        raise Missing("note")
    return NOTES[id]


@app.put("/notes/<int:id>")
def change(id):
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        raise ApiError(400, "an object")
    if not data.get("text"):
        raise ApiError(422, "text")
    return make_response(jsonify(text=data["text"]), 202)


@app.post("/notes")
def create():
    # A missing key is answered with 400 by the handler above.
    text = request.get_json()["text"]
    if text == "tea":
        raise Teapot()
    if text == "twice":
        raise Conflict
    if text == "none":
        raise NotFound("none")
    if text == "big":
        abort(413)
    return {"text": text}, 201
