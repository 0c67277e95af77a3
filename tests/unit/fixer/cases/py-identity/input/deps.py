from fastapi import Header, HTTPException


⟦H|def current(authorization: Optional[str] = Header(None)):
    token = ⟦F|⟦S|authorization⟧.split(" ")[-1]⟧
    if token not in TOKENS:
        ⟦M|raise HTTPException(status_code=401, detail="unknown token")⟧
    return TOKENS[token]⟧
