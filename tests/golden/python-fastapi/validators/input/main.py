import re
from typing import List, Optional

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, field_validator, model_validator, validator

app = FastAPI()
KINDS = ["a", "b"]
LIMIT = 10


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, exc: RequestValidationError):
    return JSONResponse(status_code=400, content={"errors": exc.errors(), "code": "bad"})


class Line(BaseModel):
    sku: str
    count: int

    @field_validator("count")
    @classmethod
    def count_is_small(cls, v):
        assert 1 <= v <= LIMIT, "too many"
        return v


class Order(BaseModel):
    name: str
    kind: str
    tags: List[str]
    note: Optional[str] = None
    meta: dict
    start: int
    end: int
    first: Line
    lines: List[Line]

    @field_validator("name")
    @classmethod
    def name_ok(cls, v: str) -> str:
        if len(v) < 3 or len(v) > 20:
            raise ValueError("length")
        return v.strip()

    @validator("kind")
    def kind_ok(cls, v):
        if v not in KINDS:
            raise ValueError("kind")
        return v

    @field_validator("tags")
    @classmethod
    def tags_ok(cls, value):
        if not value:
            raise ValueError("empty")
        return value

    @field_validator("note", mode="before")
    @classmethod
    def note_raw(cls, value):
        return value.strip()

    @validator("note", pre=True)
    def note_sent(cls, value):
        if len(value) > 5:
            raise ValueError("what was sent may have another form")
        return value

    @field_validator("meta")
    @classmethod
    def meta_ok(cls, value):
        if value["level"] > 3:
            raise ValueError("level")
        return value

    @model_validator(mode="after")
    def order_ok(self):
        if self.start > self.end:
            raise ValueError("order")
        if self.note.startswith("x"):
            raise ValueError("note")
        return self


@app.post("/orders")
def create(order: Order):
    if order.start == 5:
        raise HTTPException(409, "five")
    return order.name.upper()
