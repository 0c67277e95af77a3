from flask import abort, request


⟦H|def add():
    data = request.get_json()
    return ⟦F|⟦S|data["title"]⟧.strip()⟧, 201⟧
