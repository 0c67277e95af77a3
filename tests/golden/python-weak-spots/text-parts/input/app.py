from flask import Flask, request, jsonify
app = Flask(__name__)
@app.get("/a")
def a():
    h = request.headers.get("Authorization", "")
    if not h.startswith("Bearer "):
        return {"error": "no"}, 401
    return {"t": h.split(" ")[1]}
@app.get("/b")
def b():
    h = request.headers.get("Authorization")
    if h is None or not h.startswith("Bearer "):
        return {"error": "no"}, 401
    return {"t": h.split(" ")[1]}
@app.get("/c")
def c():
    h = request.headers.get("Authorization")
    if not h or "Bearer " not in h:
        return {"error": "no"}, 401
    return {"t": h.split("Bearer ")[1]}
@app.get("/d")
def d():
    h = request.headers.get("Authorization", "")
    if h.startswith("Bearer"):
        return {"t": h.split(" ")[1]}
    return {}
