from flask import Flask

app = Flask(__name__)


@app.get("/gone")
def gone():
    return []
