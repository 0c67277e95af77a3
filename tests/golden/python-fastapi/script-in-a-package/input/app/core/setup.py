from fastapi import FastAPI


def create_application():
    app = FastAPI()

    from people import router

    app.include_router(router, prefix="/people")
    return app
