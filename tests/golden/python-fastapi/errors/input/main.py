from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, PlainTextResponse


class Failure(Exception):
    status = 400

    def __init__(self, text):
        self.text = text


class Gone(Failure):
    status = 410


app = FastAPI()
inner = FastAPI()
app.mount("/inner", inner)
ROWS = {1: "one"}


@app.exception_handler(Failure)
async def on_failure(request: Request, failure: Failure):
    return JSONResponse({"why": failure.text}, status_code=failure.status)


def find(number):
    row = ROWS.get(number)
    if row is None:
        raise Gone("it was taken away")
    return row


@app.get("/rows/{number}")
def show(number: int):
    return find(number).upper()


@app.get("/plain", response_class=PlainTextResponse)
def plain():
    return PlainTextResponse("ok")


@inner.get("/rows/{number}")
def unguarded(number: int):
    return ROWS.get(number).upper()


@inner.post("/rows")
async def add(request: Request):
    try:
        body = await request.json()
    except ValueError:
        raise HTTPException(400, "no JSON")
    if not isinstance(body, dict) or not isinstance(body.get("names"), list):
        raise HTTPException(422, "names are missing")
    key, value = body["names"][0].split("=")
    return {key: value}
