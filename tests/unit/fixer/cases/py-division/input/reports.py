from flask import abort, jsonify, request


⟦H|def turnover():
    weeks = request.args.get("weeks", 4, type=int)
    return jsonify(weeks=weeks, per_week=⟦F|count() / ⟦S|weeks⟧⟧)⟧
