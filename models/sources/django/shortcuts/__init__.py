from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.native import find_or_none, search


def get_object_or_404(klass, *args, **kwargs):
    return klass.__queryset__().get_or_404(kwargs)


def get_list_or_404(klass, *args, **kwargs):
    return klass.__queryset__().filter(**kwargs)


def render(request, template_name, context=None, content_type=None, status=200, using=None):
    return HttpResponse("", status=status)


def redirect(to, *args, **kwargs):
    return HttpResponseRedirect("")


def resolve_url(to, *args, **kwargs):
    return ""
