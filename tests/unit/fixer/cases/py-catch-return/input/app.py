from errors import NotFound


⟦H|async def medicine(code: str):
    return ⟦F|next(m for m in STOCK if m["code"] == code)⟧⟧
