from __future__ import annotations
from typing import TYPE_CHECKING, Annotated, Literal
from contextlib import asynccontextmanager
from fastapi import APIRouter, Depends, FastAPI, Query, HTTPException
from pydantic import BaseModel, Field
if TYPE_CHECKING:
    from shop.types import Other

__all__ = ["router", "lifespan"]
type Money = int
type Kind = Literal["a", "b"]

class Page[T](BaseModel):
    items: list[T]
    total: int

class Order(BaseModel):
    price: Money
    kind: Kind = "a"
    label: Annotated[str, Field(max_length=5)] | None = None

def pick[T](values: list[T], at: int) -> T:
    return values[at]

router = APIRouter()

@asynccontextmanager
async def lifespan(app: FastAPI):
    yield

@router.get("/orders")
def orders(limit: Annotated[int, Query(ge=1)] = 10) -> Page[Order]:
    return Page[Order](items=[], total=0)

@router.post("/orders", status_code=201)
def create(order: Order) -> Order:
    match order.kind:
        case "a" | "b" as k if (n := order.price) > 0:
            text = f"{f"{k}-{n!r:>{10}}"}"
        case _:
            raise HTTPException(409)
    return order
