from flask import Flask, request, jsonify
from pydantic import BaseModel, ValidationError
app = Flask(__name__)
class Foo(BaseModel):
    name: str
    age: int = 3
@app.post("/a")
def a():
    try:
        foo = Foo(**request.get_json())
    except ValidationError as e:
        return jsonify(e.errors()), 400
    return {"n": foo.name.upper(), "a": foo.age + 1}
@app.post("/b")
def b():
    foo = Foo(**request.get_json())
    return {"n": foo.name.upper(), "a": foo.age + 1}
@app.post("/c")
def c():
    foo = Foo.model_validate(request.get_json())
    return {"n": foo.name.upper(), "a": foo.age + 1}
@app.post("/d")
def d():
    try:
        foo = Foo.parse_obj(request.get_json())
    except ValidationError as e:
        return jsonify(e.errors()), 400
    return {"n": foo.name.upper(), "a": foo.age + 1}
@app.get("/e")
def e():
    try:
        foo = Foo(**request.args)
    except ValidationError as e:
        return jsonify(e.errors()), 400
    return {"n": foo.name.upper(), "a": foo.age + 1}
@app.get("/again")
def again():
    try:
        foo = Foo(**request.args)
    except ValidationError as error:
        return jsonify(error.errors()), 400
    return Foo(**foo.dict()).dict()
