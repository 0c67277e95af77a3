from functools import wraps

from flask import Flask, request

app = Flask(__name__)


def arguments(name):
    def decorator(f):
        @wraps(f)
        def given():
            return f(int(request.args.get(name, "1")))

        return given

    return decorator


def page(f):
    return arguments("page")(f)


@app.get("/films")
@page
def films(number):
    return {"page": number}
