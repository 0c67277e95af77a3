from inspect import signature

from fastapi import Depends, FastAPI
from pydantic import BaseModel

app = FastAPI()


class Pages(BaseModel):
    page: int = 1


class Search(BaseModel):
    search: str | None = None


def dependable(cls):
    def make(*args, **kwargs):
        return cls(*args, **kwargs)

    make.__signature__ = signature(cls)
    return make


@app.get("/orders")
def orders(pages: Pages = Depends(dependable(Pages)), search: Search = Depends(dependable(Search))):
    return {"page": pages.page, "search": search.search}
