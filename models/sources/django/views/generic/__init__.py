# Views that show pages: what they put on them is not looked at.
from django.http import HttpResponse, HttpResponseRedirect
from django.views.generic.base import View


class TemplateView(View):
    def get(self, request, *args, **kwargs):
        return HttpResponse("")


class RedirectView(View):
    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect("")


class ListView(TemplateView):
    pass


class DetailView(TemplateView):
    pass


class ArchiveIndexView(TemplateView):
    pass


class FormView(TemplateView):
    def post(self, request, *args, **kwargs):
        return HttpResponseRedirect("")


class CreateView(FormView):
    pass


class UpdateView(FormView):
    pass


class DeleteView(FormView):
    pass
