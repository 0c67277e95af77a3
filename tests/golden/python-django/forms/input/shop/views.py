from django.http import JsonResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import CreateView, FormView
from .forms import OrderForm, ItemForm, SearchForm
from .models import Item

def order(request):
    if request.method == "POST":
        form = OrderForm(request.POST)
        if form.is_valid():
            return JsonResponse({"name": form.cleaned_data["name"], "year": form.cleaned_data["when"].year}, status=201)
        return JsonResponse(form.errors, status=400)
    form = OrderForm()
    return render(request, "order.html", {"form": form})

def edit_item(request, pk):
    item = get_object_or_404(Item, pk=pk)
    form = ItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        return JsonResponse({"id": saved.id, "title": saved.title})
    return JsonResponse(form.errors, status=422)

def search(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest()
    page = form.cleaned_data["page"]
    return JsonResponse({"next": page + 1, "q": form.cleaned_data["q"].upper()})

def raw(request):
    if request.method != "POST":
        return JsonResponse({}, status=405)
    return JsonResponse({"n": int(request.POST["n"]), "o": request.POST.get("o", "").upper()})

class ItemCreate(CreateView):
    model = Item
    form_class = ItemForm
    success_url = "/items/"

class Contact(FormView):
    form_class = OrderForm
    template_name = "x.html"
    success_url = "/thanks"
    def form_valid(self, form):
        return JsonResponse({"name": form.cleaned_data["name"]})
