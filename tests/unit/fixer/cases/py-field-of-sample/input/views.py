from rest_framework.exceptions import ValidationError


⟦H|def escalate(request, pk):
    if not pk:
        ⟦M|raise ValidationError({"references": "a text is expected"})⟧
    reason = ⟦F|⟦S|request.data.get("reason")⟧.get("text")⟧
    return reason⟧
