# Views that show pages, and those that take forms: what they put on pages is not looked at.
from django.forms import FormMaker
from django.http import HttpResponse, HttpResponseRedirect
from django.views.generic.base import View


class TemplateView(View):
    def get(self, request, *args, **kwargs):
        self.get_context_data()
        return HttpResponse("")

    def get_context_data(self, **kwargs):
        return {}

    def render_to_response(self, context, **kwargs):
        return HttpResponse("")


class RedirectView(View):
    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect("")


class ListView(TemplateView):
    model = None
    queryset = None

    def get(self, request, *args, **kwargs):
        self.object_list = self.get_queryset()
        self.get_context_data()
        return HttpResponse("")

    def get_queryset(self):
        if self.queryset is not None:
            return self.queryset
        return self.model.__queryset__() if self.model is not None else None


class OfOne(TemplateView):
    """Of one row, which the path names."""

    model = None
    queryset = None
    pk_url_kwarg = "pk"
    slug_url_kwarg = "slug"
    slug_field = "slug"
    object = None

    def get_queryset(self):
        if self.queryset is not None:
            return self.queryset
        return self.model.__queryset__() if self.model is not None else None

    def get_object(self, queryset=None):
        rows = self.get_queryset()
        if rows is None:
            return None
        return rows.get_or_404(self.kwargs)


class DetailView(OfOne):
    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        self.get_context_data()
        return HttpResponse("")


class ArchiveIndexView(ListView):
    pass


class FormView(OfOne):
    form_class = None
    fields = None
    success_url = None
    initial = {}
    __form__ = None

    @classmethod
    def __init_subclass__(cls):
        if cls.form_class is None and cls.model is not None and cls.fields is not None and hasattr(cls.model, "__fields__"):
            cls.__form__ = FormMaker(cls.model, cls.fields, None)

    def get_form_class(self):
        return self.form_class if self.form_class is not None else self.__form__

    def get_form_kwargs(self):
        return {"data": self.request.POST, "files": self.request.FILES}

    def get_form(self, form_class=None):
        made = self.get_form_class()
        return made(self.request.POST, self.request.FILES, instance=self.object)

    def get_success_url(self):
        return self.success_url

    def get(self, request, *args, **kwargs):
        return HttpResponse("")

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def form_valid(self, form):
        return HttpResponseRedirect("")

    def form_invalid(self, form):
        return HttpResponse("")


class CreateView(FormView):
    def form_valid(self, form):
        self.object = form.save()
        return HttpResponseRedirect("")


class UpdateView(FormView):
    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return HttpResponse("")

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = self.get_form()
        if form.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def form_valid(self, form):
        self.object = form.save()
        return HttpResponseRedirect("")


class DeleteView(OfOne):
    success_url = None

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return HttpResponse("")

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        return HttpResponseRedirect("")
