from .models import Ticket


⟦H|def comments(request, ticket_id):
    ticket = ⟦F|Ticket.objects.get(pk=ticket_id)⟧
    return ticket.comments⟧
