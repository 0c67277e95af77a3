from .errors import DeskError


⟦H|def contact(request):
    email = ⟦F|⟦S|request.POST["email"]⟧⟧
    return email⟧
