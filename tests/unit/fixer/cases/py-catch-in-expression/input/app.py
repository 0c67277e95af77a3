from flask import abort, request


⟦H|def overdue():
    return rows(⟦F|int(⟦S|request.args["days"]⟧)⟧, 3)⟧
