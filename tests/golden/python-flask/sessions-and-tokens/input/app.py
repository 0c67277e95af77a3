from flask import Flask, jsonify
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required
from flask_login import LoginManager, current_user, login_required
from flask.views import MethodView

app = Flask(__name__)
jwt = JWTManager(app)
logins = LoginManager(app)

@jwt.unauthorized_loader
def missing(reason):
    return jsonify(error="token", reason=reason), 401

@app.get("/token")
@jwt_required()
def token():
    return {"me": get_jwt_identity()}

@app.get("/maybe")
@jwt_required(optional=True)
def maybe():
    return {"me": get_jwt_identity()}

@app.get("/session/<int:n>")
@login_required
def session(n):
    return {"me": current_user.name, "n": n}

class View(MethodView):
    decorators = [login_required]

    def post(self):
        return {"a": create_access_token(identity="x")}, 201

app.add_url_rule("/view", view_func=View.as_view("view"))

@app.get("/open")
def open_():
    return {"x": 1}
