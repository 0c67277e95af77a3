from rest_framework.exceptions import ValidationError


⟦H|def escalate(request, pk):
    reason = ⟦F|⟦S|request.data.get("reason")⟧.get("text")⟧
    return reason⟧
