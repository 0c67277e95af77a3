from fastapi import APIRouter

router = APIRouter()


@router.get("/{person_id}")
def person(person_id: int):
    return {"id": person_id}
