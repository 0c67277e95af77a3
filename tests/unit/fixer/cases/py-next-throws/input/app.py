from errors import NotFound


def other(code):
    ⟦M|raise NotFound("no such order")⟧


⟦H|async def medicine(code: str):
    return next(⟦F|⟦S|(m for m in STOCK if m["code"] == code)⟧⟧)⟧
