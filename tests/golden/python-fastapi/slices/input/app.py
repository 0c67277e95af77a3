from fastapi import FastAPI, Body
from pydantic import BaseModel, EmailStr
app = FastAPI()
class B(BaseModel):
    email: EmailStr
    names: list[str]
@app.post("/a")
def a(b: B):
    return {"x": str(b.email)[:50], "n": b.names[1:]}
@app.post("/b")
def c(email: EmailStr = Body(...)):
    return {"x": (str(email)[:50] + "..." if len(str(email)) > 50 else str(email)), "y": email[1:3]}
