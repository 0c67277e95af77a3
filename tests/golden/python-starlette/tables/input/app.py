import json

from starlette.applications import Starlette
from starlette.authentication import requires
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette import status

NOTES = {}


async def home(request):
    return PlainTextResponse("hi")


async def create(request: Request):
    data = await request.json()
    title = data["title"].strip()
    NOTES[title] = data
    return JSONResponse({"title": title}, status_code=status.HTTP_201_CREATED)


async def show(request):
    note_id = request.path_params["note_id"]
    note = NOTES.get(note_id)
    return JSONResponse({"title": note["title"]})


async def safe(request):
    note = NOTES.get(request.path_params["note_id"])
    if note is None:
        raise HTTPException(status_code=404, detail="no")
    return JSONResponse(note)


async def search(request):
    limit = int(request.query_params.get("limit", "10"))
    q = request.query_params["q"]
    return JSONResponse({"limit": limit, "q": q.lower()})


async def upload(request):
    form = await request.form()
    name = form["name"]
    return JSONResponse({"name": name.upper()})


class Item(HTTPEndpoint):
    async def get(self, request):
        return JSONResponse({"id": request.path_params["id"]})

    async def delete(self, request):
        if request.headers.get("x-token") is None:
            return JSONResponse({"error": "no"}, status_code=401)
        return Response(status_code=204)


async def not_found(request, exc):
    return JSONResponse({"error": exc.detail}, status_code=exc.status_code)


inner = Router([Route("/ping", home), Route("/{a}/{b:int}", safe, methods=["PUT"])])

routes = [
    Route("/", home),
    Route("/notes", endpoint=create, methods=["POST"]),
    Mount(
        "/api",
        routes=[
            Route("/notes/{note_id}", show),
            Route("/safe/{note_id:str}", safe, name="safe"),
            Mount("/deep", app=inner),
        ],
    ),
    Route("/search", search),
    Route("/upload", upload, methods=["POST"]),
    Route("/items/{id:int}", Item),
    WebSocketRoute("/ws", endpoint=home),
]
more = [Route(path, home) for path in ("/a", "/b")]

app = Starlette(debug=False, routes=routes + more, exception_handlers={404: not_found, HTTPException: not_found})
app.add_route("/late", home, methods=["GET", "POST"])


@app.route("/deco", methods=["PATCH"])
async def deco(request):
    return JSONResponse({"c": request.cookies.get("sid")})


@app.exception_handler(KeyError)
async def missing(request, exc):
    return JSONResponse({"error": "missing"}, status_code=400)
