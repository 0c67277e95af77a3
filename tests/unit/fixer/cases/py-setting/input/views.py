import os

from fastapi import HTTPException


⟦H|def insurer(dry_run: bool = True):
    rows = []
    if dry_run:
        return {"rows": rows}
    return {"target": ⟦F|⟦S|os.environ["INSURER_URL"]⟧⟧.rstrip("/"), "rows": len(rows)}⟧
