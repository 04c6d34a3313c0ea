"""What a person chooses for herself: her profile, and the language she reads."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.actions.people import choose_language, edit_profile
from partnership.forms.people import LanguageForm, ProfileForm
from partnership.views.pages import posted

LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600


def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(posted(request), initial={name: getattr(request.user, name) for name in ProfileForm.base_fields})
    if form.perform(edit_profile, by=request.user):
        messages.success(request, _("Your profile is saved."))
        return redirect("partnership:profile")
    context = {
        "form": form,
        "roles": request.user.grants.lasting().select_related("organisation"),
        "uses_api": access.holds_anywhere(request.user, Permission.USE_API),
        "crumbs": [(_("Home"), reverse("portal:home")), (_("My profile"), "")],
        "title": _("My profile"),
    }
    return render_page(request, "partnership/profile.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Kept with the person, and in a cookie for the pages before the login."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("Choose one of the languages."))
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        choose_language(language=language, by=request.user)
    response = redirect(way_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def way_back(request: HttpRequest) -> str:
    """Where the choice was made; home when the address leads out of here."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else resolve_url("portal:home")
