from django.native import FileAnswer, HttpResponse, JsonResponse


class Http404(Exception):
    status_code = 404


def HttpResponseBadRequest(content="", content_type=None):
    return HttpResponse(content, status=400)


def HttpResponseForbidden(content="", content_type=None):
    return HttpResponse(content, status=403)


def HttpResponseNotFound(content="", content_type=None):
    return HttpResponse(content, status=404)


def HttpResponseNotAllowed(permitted_methods, content=""):
    return HttpResponse(content, status=405)


def HttpResponseGone(content=""):
    return HttpResponse(content, status=410)


def HttpResponseServerError(content="", content_type=None):
    return HttpResponse(content, status=500)


def HttpResponseRedirect(redirect_to):
    return HttpResponse("", status=302)


def HttpResponsePermanentRedirect(redirect_to):
    return HttpResponse("", status=301)


def StreamingHttpResponse(streaming_content=None, content_type=None, status=200):
    return FileAnswer("", status=status)


def FileResponse(content=None, as_attachment=False, filename="", content_type=None):
    return FileAnswer("", status=200)
