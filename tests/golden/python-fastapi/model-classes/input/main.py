from typing import Generic, TypeVar, List, Optional, Union, Literal, Annotated, Dict, ClassVar
from enum import Enum
from fastapi import FastAPI
from pydantic import BaseModel, Field, constr, conlist, ConfigDict
T = TypeVar("T")
Tags = List[str]
class Sex(str, Enum):
    female = "female"
    male = "male"
class Base(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: int
class Page(Base, Generic[T]):
    items: List[T]
    n: int = Field(..., ge=1, description="how many")
    k: str | None = None
    l: Literal["a", "b"] = "a"
    u: Union[int, "Sex"]
    tags: Tags = Field(default_factory=list, max_items=3)
    d: Dict[str, float] = {}
    c: constr(min_length=2, regex="^a")
    cl: conlist(int, min_items=1) = [1]
    an: Annotated[int, Field(gt=1, alias="A-n")] = 3
    no: ClassVar[int] = 3
    s: Sex = Sex.male
    o: Optional[Sex]
app = FastAPI()
@app.post("/p")
def f(body: Page[Base]) -> Tags:
    return []
