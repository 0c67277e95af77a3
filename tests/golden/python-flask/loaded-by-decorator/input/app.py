from flask import Flask, request
from marshmallow import Schema, fields, ValidationError
from flask_smorest import Api, Blueprint
app = Flask(__name__)
blp = Blueprint("x", __name__)

class LoginSchema(Schema):
    username = fields.Str()
    password = fields.Str(required=True)

@blp.post("/f1")
@blp.arguments(LoginSchema)
def f1(user_data):
    return {"x": user_data["username"].lower()}

@blp.post("/f2/<int:n>")
@blp.arguments(LoginSchema)
def f2(user_data, n):
    return {"x": user_data["username"].lower()}

def deco(view):
    def wrapper(*args, **kwargs):
        return view(*args, LoginSchema().load(request.get_json()), **kwargs)
    return wrapper

@app.post("/g1")
@deco
def g1(user_data):
    return {"x": user_data["username"].lower()}

def deco2(view):
    def wrapper(*args, **kwargs):
        return view(LoginSchema().load(request.get_json()), **kwargs)
    return wrapper

@app.post("/g2")
@deco2
def g2(user_data):
    return {"x": user_data["username"].lower()}

app.register_blueprint(blp)
