from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.status import HTTP_404_NOT_FOUND, HTTP_422_UNPROCESSABLE_ENTITY

app = FastAPI()


@app.exception_handler(RequestValidationError)
async def malformed(request, error):
    return JSONResponse({"errors": error.errors()}, status_code=HTTP_422_UNPROCESSABLE_ENTITY)


@app.get("/films/{key}")
def show(key: int):
    if key > 3:
        raise HTTPException(HTTP_404_NOT_FOUND, "no such film")
    return {"key": key}
