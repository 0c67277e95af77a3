from typing import Annotated, Optional

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Query

USERS = {"ada-token": {"name": "Ada", "mail": None}}


def locale(accept_language: str = Header("en")):
    return accept_language.split(",")[0]


def caller(x_token: str = Header(...)):
    user = USERS.get(x_token)
    if user is None:
        raise HTTPException(401, "who are you")
    return user


def opened():
    session = {"rows": []}
    try:
        yield session
    finally:
        session.clear()


class Page:
    def __init__(self, offset: int = Query(0, ge=0), limit: int = Query(20, ge=1, le=100)):
        self.offset = offset
        self.limit = limit


class Needs:
    def __init__(self, role: str):
        self.role = role

    def __call__(self, x_role: Optional[str] = Header(None)):
        if x_role != self.role:
            raise HTTPException(403, "not yours")


Session = Annotated[dict, Depends(opened)]
app = FastAPI(dependencies=[Depends(locale)])
router = APIRouter(prefix="/rows", dependencies=[Depends(caller)])


@router.get("")
def rows(session: Session, page: Page = Depends(), q: Optional[str] = Query(None, min_length=2)):
    return {"page": page.offset, "first": q.lower()}


@router.delete("/{number}", status_code=204, dependencies=[Depends(Needs("admin"))])
def drop(number: int, user: Annotated[dict, Depends(caller)]):
    return None


@app.get("/open")
def open_to_all():
    return {"ok": True}


app.include_router(router, prefix="/v1")
