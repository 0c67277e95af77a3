from django.shortcuts import render
from rest_framework.decorators import api_view
from rest_framework.response import Response
from .models import Note


@api_view(['GET'])
def show_note(request, pk):
    note = Note.objects.get(id=pk)
    return Response({'body': note.body})


@api_view(['DELETE'])
def remove_note(request, pk):
    note = Note.objects.get(id=pk)
    note.delete()
    return Response('removed')


@api_view(['POST'])
def create_note(request):
    data = request.data
    note = Note.objects.create(
        body=data['body']
    )
    return Response({'id': note.id})
