from dataclasses import dataclass, field
from typing import List, Optional, Union

from fastapi import Body, Depends, FastAPI, File, Form, Security, UploadFile
from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer
from pydantic import BaseModel, validator
from starlette.status import HTTP_201_CREATED


def to_camel(name: str) -> str:
    return "".join(word if i == 0 else word.capitalize() for i, word in enumerate(name.split("_")))


class Stamped(BaseModel):
    made_at: Optional[str] = None


class Model(BaseModel):
    class Config:
        alias_generator = to_camel


class Item(Stamped, Model):
    unit_price: float
    tag_names: List[str] = []

    @validator("unit_price")
    def positive(cls, value):
        return value


@dataclass
class Point:
    x: int
    y: int = 0
    names: List[str] = field(default_factory=list)


app = FastAPI()
token = OAuth2PasswordBearer(tokenUrl="login")


@app.post("/items", status_code=HTTP_201_CREATED, response_model=Item)
def add(item: Item, who: str = Depends(token)):
    return item.dict()


@app.put("/both")
def both(item: Item, point: Point, count: int = Body(1, gt=0)):
    return {"unit": item.unit_price, "x": point.x}


@app.patch("/one")
def one(text: str = Body(..., embed=True), key: str = Security(APIKeyHeader(name="X-Key"))):
    return {"text": text.upper()}


@app.post("/form")
def form(name: str = Form(...), age: Optional[int] = Form(None)):
    return {"name": name.strip()}


@app.post("/files")
async def files(upload: UploadFile, more: List[UploadFile] = File(...), caller=Depends(HTTPBearer(auto_error=False))):
    data = await upload.read()
    return {"name": upload.filename.lower(), "more": len(more)}


@app.get("/which")
def which(kind: Union[int, str], ids: List[int] = [1]):
    return ids
