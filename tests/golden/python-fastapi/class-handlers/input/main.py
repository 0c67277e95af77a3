from fastapi import APIRouter, Depends, FastAPI, HTTPException

router = APIRouter(prefix="/items")
ITEMS = {"a": {"size": 1}}


def tenant(x_tenant: str):
    return x_tenant


class Base:
    owner: str = Depends(tenant)

    def find(self, key: str):
        return ITEMS.get(key)


class Items(Base):
    @router.get("/{key}")
    def one(self, key: str):
        item = self.find(key)
        return {"size": item["size"]}

    @router.get("/{key}/checked")
    def checked(self, key: str):
        item = self.find(key)
        if not item:
            raise HTTPException(404, "no such item")
        return {"size": item["size"]}


app = FastAPI()
app.include_router(router)
