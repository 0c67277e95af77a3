import os

from fastapi import FastAPI, HTTPException

app = FastAPI()
ROWS = [{"code": "a", "note": None}, {"code": "b", "note": "x"}]


@app.get("/first/{code}")
def first(code: str):
    return next(row for row in ROWS if row["code"] == code)


@app.get("/first-or-none/{code}")
def first_or_none(code: str):
    row = next((row for row in ROWS if row["code"] == code), None)
    if row is None:
        raise HTTPException(404)
    return row["code"]


@app.get("/last/{code}")
def last(code: str):
    found = [row for row in ROWS if row["code"] == code]
    return found[-1]


@app.get("/last-checked/{code}")
def last_checked(code: str):
    found = sorted([row for row in ROWS if row["code"] == code], key=lambda row: row["code"])
    if not found:
        raise HTTPException(404)
    return found[-1]


@app.get("/setting")
def setting():
    return {"at": os.environ["SERVICE_URL"], "or": os.environ.get("OTHER_URL", "x").upper()}
