"""Which language a person reads: her own choice, else her municipality's, else bokmål."""

from django.conf import settings
from django.http import HttpRequest

from partnership.models import LanguageForm, Organisation, User


def of_user(user: User) -> str:
    return user.language or of_organisations(user) or settings.LANGUAGE_CODE


def of_organisations(user: User) -> str:
    forms = {grant.organisation.language_form for grant in user.current_grants if grant.organisation}
    return LanguageForm.NYNORSK if forms == {LanguageForm.NYNORSK} else ""


def of_organisation(organisation: Organisation) -> str:
    """What is written to it; one that is neutral gets bokmål."""
    return "nn" if organisation.language_form == LanguageForm.NYNORSK else "nb"


def of_request(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return of_user(request.user)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
