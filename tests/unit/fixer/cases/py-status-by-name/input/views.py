from fastapi import HTTPException, status


def other(key):
    if not key:
        ⟦M|raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail="no such key")⟧
    raise HTTPException(status_code=status.HTTP_400_BAD_REQUEST, detail="no key")


⟦H|def show(day):
    return ⟦F|⟦S|day⟧.title⟧⟧
