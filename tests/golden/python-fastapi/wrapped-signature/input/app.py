import functools

import cache
from fastapi import FastAPI, Request
from pydantic.networks import EmailStr

app = FastAPI()


def cached(prefix):
    def decorate(handler):
        @functools.wraps(handler)
        async def inner(request: Request, *args, **kwargs):
            if cache.client is None:
                raise RuntimeError("no cache")
            key = f"{prefix}:{kwargs['number']}"
            return await handler(request, *args, **kwargs)

        return inner

    return decorate


@app.get("/orders/{number}")
@cached("orders")
async def order(request: Request, number: int, mail: EmailStr, pages: int = 1):
    return {"number": number, "pages": pages}


def start():
    cache.client = object()
