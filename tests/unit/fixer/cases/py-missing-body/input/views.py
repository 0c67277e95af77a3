from errors import ApiError


⟦H|def patch(self, member_id):
    changes = request.get_json()
    name = ⟦F|⟦S|changes⟧.get("name", "")⟧
    return name⟧
