from errors import ApiError


⟦H|def patch(self, member_id):
    changes = request.get_json()
    name = ⟦F|⟦S|changes⟧.get("name", "")⟧
    if not name:
        ⟦M|raise ApiError(400, "bad_field", "name must be a text", {"field": "name"})⟧
    return name⟧
