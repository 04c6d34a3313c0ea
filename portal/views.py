from django.http import HttpRequest, HttpResponse

from kit.htmx import render_page


def home(request: HttpRequest) -> HttpResponse:
    return render_page(request, "portal/home.html", {})
