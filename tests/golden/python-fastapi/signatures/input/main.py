from datetime import date
from typing import List, Optional
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Header, status
from pydantic import BaseModel, Field, EmailStr


class PatientIn(BaseModel):
    name: str = Field(..., min_length=1)
    email: Optional[EmailStr] = None
    born: date
    tags: List[str] = []


class Patient(PatientIn):
    id: int


router = APIRouter(prefix="/patients", tags=["p"])
DB = {}


def get_db():
    yield DB


@router.get("/", response_model=List[Patient])
def all_patients(limit: int = 10, q: Optional[str] = Query(None), db=Depends(get_db)):
    return []


@router.get("/{pid}", response_model=Patient)
async def one(pid: int, x_token: str = Header()):
    p = DB.get(pid)
    if p is None:
        raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail="no")
    return p


@router.post("/", status_code=201)
def create(body: PatientIn) -> Patient:
    first = body.tags[0]
    if body.email.endswith("x"):
        raise HTTPException(409, "dup")
    return {"first": first, "name": body.name.upper()}


app = FastAPI()
app.include_router(router, prefix="/api")
