"""What a person meets when a form came without the proof that it was ours."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly the cookies were cleared, or another tab logged in anew. The reason is for the log, which has it."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
