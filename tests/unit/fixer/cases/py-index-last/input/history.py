from fastapi import HTTPException


⟦H|def last_visit(patient_id):
    visits = [a for a in all_of(patient_id) if a.done]
    return ⟦F|⟦S|visits[-1]⟧.starts⟧⟧
