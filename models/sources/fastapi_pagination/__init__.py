# Pages of lists. A route whose answer is a page asks for its number and size, once the application has been told.
from typing import Generic, Optional, Sequence, TypeVar

from fastapi import Query
from pydantic import BaseModel

T = TypeVar("T")


class Params(BaseModel):
    page: int = Query(1, ge=1)
    size: int = Query(50, ge=1, le=100)


class LimitOffsetParams(BaseModel):
    limit: int = Query(50, ge=1, le=100)
    offset: int = Query(0, ge=0)


class Page(BaseModel, Generic[T]):
    items: Sequence[T]
    total: int
    page: int
    size: int
    pages: int


class LimitOffsetPage(BaseModel, Generic[T]):
    items: Sequence[T]
    total: int
    limit: int
    offset: int


def add_pagination(app):
    return app
