from errors import ApiError
from service import service


⟦H|def show(book_id):
    if book_id == 0:
        ⟦M|raise ApiError(404, "no such book")⟧
    found = Book.query.get(book_id)
    return service.title(book=found)⟧
