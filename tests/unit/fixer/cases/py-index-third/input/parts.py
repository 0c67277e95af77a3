from fastapi import HTTPException


⟦H|def third(text):
    parts = text.split("/")
    return ⟦F|⟦S|parts[2]⟧⟧⟧
