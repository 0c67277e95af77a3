from rest_framework.exceptions import NotFound

from .models import Ticket


def other(request):
    ⟦M|raise NotFound("no such customer")⟧


⟦H|def comments(request, ticket_id):
    ticket = ⟦F|Ticket.objects.get(pk=ticket_id)⟧
    return ticket.comments⟧
