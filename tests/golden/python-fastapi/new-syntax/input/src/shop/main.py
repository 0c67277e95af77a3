from fastapi import FastAPI
from shop.api import lifespan, router
app = FastAPI(lifespan=lifespan)
app.include_router(router, prefix="/v1")
