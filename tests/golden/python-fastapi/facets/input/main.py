"""FastAPI facets."""
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union
from uuid import UUID

from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Request, Response, Security, UploadFile, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, HTMLResponse
from fastapi.security import (
    APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPBasic, HTTPBasicCredentials, HTTPBearer, HTTPDigest, OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer, OAuth2PasswordRequestForm, OpenIdConnect, SecurityScopes,
)
from pydantic import BaseModel, ConfigDict, EmailStr, Field, RootModel, StringConstraints, conint, constr, field_validator, model_validator
from pydantic.alias_generators import to_camel
from typing_extensions import NotRequired, TypedDict

app = FastAPI(title="Facets", version="2.1", dependencies=[])


class Kind(str, Enum):
    small = "small"
    large = "large"


class Level(IntEnum):
    low = 1
    high = 2


class CamelModel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Address(CamelModel):
    street_name: str = Field(min_length=1, max_length=80)
    zip_code: Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
    country_code: Literal["de", "fr"] = "de"


class Person(BaseModel):
    model_config = {"extra": "forbid", "str_strip_whitespace": True}
    name: str
    age: int = Field(ge=0, lt=150)
    email: EmailStr
    nick: Optional[str] = None
    tags: list[str] = Field(default_factory=list, max_length=5)
    scores: dict[str, float] = {}
    address: Address
    kind: Kind = Kind.small
    level: Level
    born: date
    seen: datetime | None = None
    wakes: time
    lag: timedelta
    price: Decimal = Field(gt=0, decimal_places=2, max_digits=8)
    code: constr(min_length=3, to_upper=True)
    count: conint(ge=1) = 1
    pair: tuple[int, str]
    unique: set[int]
    meta: Any = None
    uid: UUID

    @field_validator("name")
    @classmethod
    def name_is_long(cls, v: str) -> str:
        if len(v) < 3:
            raise ValueError("too short")
        return v.title()

    @field_validator("age")
    @classmethod
    def adult(cls, v):
        if v < 18:
            raise ValueError("adults only")
        return v


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int
    next: str | None = None


class Envelope(BaseModel, Generic[T]):
    data: T
    ok: bool = True


class Cat(BaseModel):
    pet_type: Literal["cat"]
    meows: int


class Dog(BaseModel):
    pet_type: Literal["dog"]
    barks: float


class Owner(BaseModel):
    pet: Union[Cat, Dog] = Field(discriminator="pet_type")
    other: Cat | Dog | None = None


class Tree(BaseModel):
    value: int
    children: list["Tree"] = []


class Names(RootModel[list[str]]):
    pass


@dataclass
class Point:
    x: int
    y: int = 0
    label: str | None = None
    tags: list[str] = field(default_factory=list)


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


class Opts(TypedDict, total=False):
    color: str
    size: int


class Error(BaseModel):
    code: str
    message: str


class Out(BaseModel):
    id: int
    secret: str = "x"
    note: Optional[str] = None


oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "Read me", "items": "Read items"})
api_key = APIKeyHeader(name="X-Key")
api_query = APIKeyQuery(name="key", auto_error=False)
api_cookie = APIKeyCookie(name="sid")
basic = HTTPBasic()
bearer = HTTPBearer()
digest = HTTPDigest()
oidc = OpenIdConnect(openIdConnectUrl="/oidc")
code_flow = OAuth2AuthorizationCodeBearer(authorizationUrl="/auth", tokenUrl="/tok")


@app.post("/people", status_code=status.HTTP_201_CREATED, response_model=Person)
def create_person(person: Person):
    return person


@app.get("/pages", response_model=Page[Out])
def pages():
    return {"items": [], "total": 0}


@app.get("/env")
def env() -> Envelope[Page[Cat]]:
    return {}


@app.post("/owners")
def owners(owner: Owner) -> Owner:
    return owner


@app.post("/trees")
def trees(tree: Tree) -> list[Tree]:
    return [tree]


@app.post("/names")
def names(names: Names) -> Names:
    return names


@app.post("/points", response_model=Point)
def points(point: Point):
    return point


@app.post("/movies")
def movies(movie: Movie) -> Movie:
    return movie


@app.post("/opts")
def opts(opts: Opts):
    return opts


@app.get("/out/{item_id}", response_model=Out, response_model_exclude={"secret"}, responses={404: {"model": Error, "description": "Missing"}, 409: {"model": Error}})
def get_out(item_id: int = Path(ge=1), q: Annotated[str | None, Query(max_length=50, alias="search")] = None):
    return {"id": item_id}


@app.get("/docsless", include_in_schema=False)
def docsless():
    return {}


@app.get("/legacy", deprecated=True, tags=["old"], summary="Old one")
def legacy() -> dict[str, int]:
    return {}


@app.get("/query")
def query(
    a: int, b: float = 1.5, c: bool = False, d: list[int] = Query([]), e: Kind = Kind.small, f: Optional[date] = None,
    g: Annotated[int, Query(ge=1, le=100)] = 10, h: Literal["x", "y"] = "x", i: Annotated[list[str] | None, Query()] = None, j: str = Query(..., min_length=2, pattern="^a"),
    user_agent: str | None = Header(None), x_token: list[str] | None = Header(default=None), ads_id: str | None = Cookie(None), strange_header: str | None = Header(default=None, convert_underscores=False),
    hidden: str = Query("x", include_in_schema=False),
):
    return {}


class Filter(BaseModel):
    limit: int = Field(100, gt=0, le=100)
    offset: int = Field(0, ge=0)
    order_by: Literal["created_at", "updated_at"] = "created_at"
    tags: list[str] = []


@app.get("/filtered")
def filtered(filter_query: Annotated[Filter, Query()]):
    return filter_query


@app.post("/forms")
def forms(username: str = Form(), password: str = Form(min_length=8), remember: bool = Form(False)):
    return {}


class FormData(BaseModel):
    username: str
    password: str


@app.post("/form-model")
def form_model(data: Annotated[FormData, Form()]):
    return data


@app.post("/files")
async def files(file: UploadFile, extra: bytes | None = File(None), many: list[UploadFile] = File([]), note: str = Form("")):
    return {}


@app.put("/multi/{item_id}")
def multi(item_id: int, item: Cat, user: Dog, importance: Annotated[int, Body(gt=0)], q: str | None = None):
    return {}


@app.post("/embed")
def embed(cat: Cat = Body(embed=True)):
    return {}


@app.post("/raw")
def raw(payload: dict = Body(...)):
    return payload


@app.post("/list")
def lists(items: list[Cat]):
    return items


@app.post("/optional-body")
def optional_body(cat: Cat | None = None):
    return {}


@app.post("/token")
def token(form: OAuth2PasswordRequestForm = Depends()):
    return {"access_token": form.username}


@app.get("/me")
def me(token: str = Depends(oauth2)):
    return {}


def current(scopes: SecurityScopes, token: str = Depends(oauth2)):
    return token


@app.get("/scoped")
def scoped(user=Security(current, scopes=["me"])):
    return {}


@app.get("/keys")
def keys(k: str = Depends(api_key), q: str = Depends(api_query), c: str = Depends(api_cookie)):
    return {}


@app.get("/basic")
def basic_(c: HTTPBasicCredentials = Depends(basic)):
    return {}


@app.get("/bearer", dependencies=[Depends(bearer)])
def bearer_():
    return {}


@app.get("/digest")
def digest_(d=Security(digest)):
    return {}


@app.get("/oidc")
def oidc_(d: Annotated[str, Depends(oidc)]):
    return {}


@app.get("/code")
def code(d: str = Depends(code_flow)):
    return {}


@app.get("/text", response_class=PlainTextResponse)
def text():
    return "x"


@app.get("/html", response_class=HTMLResponse)
def html():
    return "<p>"


@app.delete("/gone/{key}", status_code=204)
def gone(key: UUID):
    return None


@app.delete("/gone2/{key}", status_code=204, response_class=Response)
def gone2(key: UUID):
    return Response(status_code=204)


@app.get("/files/{file_path:path}")
def file_path(file_path: str):
    return {}


@app.get("/kinds/{kind}")
def kinds(kind: Kind):
    return kind


class Common:
    def __init__(self, q: str | None = None, skip: int = 0, limit: int = 100):
        self.q = q


@app.get("/common")
def common(c: Annotated[Common, Depends()]):
    return {}


@app.get("/union")
def union() -> Cat | Dog:
    return Cat(pet_type="cat", meows=1)


@app.patch("/partial", response_model_exclude_unset=True)
def partial(out: Out) -> Out:
    return out


router = APIRouter(prefix="/r", tags=["r"], responses={418: {"description": "Teapot", "model": Error}}, dependencies=[Depends(api_key)])


@router.get("/one", operation_id="getOne", responses={200: {"content": {"text/csv": {}}}})
def one():
    return {}


@router.api_route("/both", methods=["GET", "POST"])
def both():
    return {}


app.include_router(router, prefix="/api", responses={503: {"description": "Busy"}})
hidden = APIRouter(prefix="/hidden")


@hidden.get("/x")
def hidden_x():
    return {}


app.include_router(hidden, include_in_schema=False)
