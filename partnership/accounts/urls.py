"""The pages of allauth that we want, under the names it looks for itself.

Left out on purpose: signing up with a form of its own, and changing or adding e-mail addresses. The address is what an
administrator vouches for.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import views
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path


def asking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view of a form; what came back with words about it answers 422, as all our forms do."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and form.is_bound and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answer


urlpatterns = [
    path("logg-inn/", asking(views.login), name="account_login"),
    path("logg-ut/", views.logout, name="account_logout"),
    path("stengt/", views.account_inactive, name="account_inactive"),
    path("ny/", views.signup, name="account_signup"),
    path("passord/bytt/", asking(views.password_change), name="account_change_password"),
    path("passord/lag/", asking(views.password_set), name="account_set_password"),
    path("passord/glemt/", asking(views.password_reset), name="account_reset_password"),
    path("passord/glemt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        asking(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
