from flask import abort, request


⟦H|def overdue():
    days = ⟦F|int(⟦S|request.args.get("days")⟧)⟧
    return rows(days)⟧
