from flask import Flask, Blueprint, request, jsonify, abort, g, session
app = Flask(__name__)
api = Blueprint("api", __name__, url_prefix="/api")
TOKENS = {"abc": "root"}

@api.before_request
def check():
    token = request.headers.get("X-Token")
    if token not in TOKENS:
        abort(401)
    g.user = TOKENS[token]

@api.get("/me")
def me():
    return jsonify(user=g.user)

web = Blueprint("web", __name__)
@web.before_request
def need():
    if "user" not in session:
        return jsonify(error="login"), 401

@web.get("/dash")
def dash():
    return jsonify(u=session["user"])

@app.post("/login")
def login():
    session["user"] = request.form["user"]
    return "", 204

adm = Blueprint("adm", __name__, url_prefix="/adm")
@adm.before_request
def bearer():
    h = request.headers.get("Authorization", "")
    if not h.startswith("Bearer "):
        return {"error": "no"}, 401
    if h.split(" ")[1] != "tok":
        return {"error": "no"}, 403

@adm.get("/x")
def x():
    return {}

basic = Blueprint("basic", __name__, url_prefix="/basic")
@basic.before_request
def bas():
    a = request.authorization
    if not a or a.username != "u":
        abort(401)

@basic.get("/x")
def bx():
    return {}

@basic.get("/y")
def by():
    return {"u": request.authorization.username}

@app.before_request
def guard():
    if request.path.startswith("/api") and request.headers.get("X-Api-Key") is None:
        return jsonify(error="key"), 403

app.register_blueprint(api)
app.register_blueprint(web)
app.register_blueprint(adm)
app.register_blueprint(basic)

@app.get("/auth-raw")
def raw():
    return {"u": request.authorization.username}
