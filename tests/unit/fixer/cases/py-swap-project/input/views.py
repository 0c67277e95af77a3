from django.shortcuts import get_object_or_404

from .models import Agent, Ticket


def agent(request, pk):
    return get_object_or_404(Agent, pk=pk)


⟦H|def comments(request, ticket_id):
    ticket = ⟦F|Ticket.objects.get(pk=ticket_id)⟧
    return ticket.comments⟧
