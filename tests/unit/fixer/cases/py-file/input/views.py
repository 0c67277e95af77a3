from .errors import DeskError


⟦H|def post(self, request):
    upload = ⟦F|⟦S|request.FILES["file"]⟧⟧
    return upload.read()⟧
