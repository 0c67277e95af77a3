from flask import abort, request


⟦H|def overdue():
    days: int = ⟦F|int(⟦S|request.args["days"]⟧)⟧
    return rows(days)⟧
