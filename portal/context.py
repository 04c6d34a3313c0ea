"""What the frame of every page needs: the partnership, the menu, the language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.models import Partnership


@dataclass(frozen=True)
class MenuEntry:
    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    current: bool


@dataclass(frozen=True)
class Frame:
    partnership: Partnership | None
    demo: bool
    acting: str
    menu: list[MenuEntry]
    languages: list[Language]
    initials: str = ""
    search_url: str = ""
    partnership_url: str = ""


MENU: list[tuple[Any, str, Permission | None]] = [
    (_("Home"), "portal:home", None),
    (_("Orders"), "services:order-list", Permission.SEE_ORDERS),
    (_("Services"), "services:service-list", Permission.SEE_PARTNERSHIP),
    (_("Incidents"), "sla:incident-list", Permission.SEE_SERVICE_LEVELS),
    (_("Service levels"), "sla:grid", Permission.SEE_SERVICE_LEVELS),
    (_("Benefits"), "benefits:share-list", Permission.SEE_BENEFITS),
    (_("Meetings and resolutions"), "partnership:body-list", Permission.SEE_BODIES),
    (_("Reports"), "reports:edition-list", Permission.SEE_REPORTS),
]
"""At most eight. Agreements lie under service levels, the partnership itself under its name in the foot."""

UNDER = {
    "sla:grid": ("sla:agreement-list", "sla:outage-list", "sla:notice-list", "sla:status-start"),
}
"""Pages with addresses of their own that belong to an entry."""

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    if not hasattr(request, "user"):  # turned away before anybody looked for who it was, as with a foreign host name
        request.user = AnonymousUser()
    partnership = Partnership.objects.first()
    return Frame(
        partnership=partnership,
        demo=partnership is not None and partnership.is_demonstration,
        acting=_acting(request),
        menu=_menu(request) if request.user.is_authenticated else [],
        languages=_languages(),
        initials=request.user.initials if request.user.is_authenticated else "",
        search_url=reverse("portal:search") if request.user.is_authenticated else "",
        partnership_url=_partnership_url(request),
    )


def _acting(request: HttpRequest) -> str:
    """Where the person's first role lies, and which it is: «Arendal · order-placer»."""
    if not request.user.is_authenticated or not request.user.current_grants:
        return ""
    grant = request.user.current_grants[0]
    place = grant.organisation.name if grant.organisation else gettext("All owners")
    return f"{place} · {grant.get_role_display()}"


def _partnership_url(request: HttpRequest) -> str:
    """Where its owners, people and roles are; empty for whoever may not see them."""
    may = access.holds_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    return reverse("partnership:partnership-detail") if may else ""


def _menu(request: HttpRequest) -> list[MenuEntry]:
    return [
        MenuEntry(str(label), reverse(name), _is_current(request.path, name))
        for label, name, permission in MENU
        if permission is None or access.holds_anywhere(request.user, permission)
    ]


def _is_current(path: str, name: str) -> bool:
    urls = [reverse(one) for one in (name, *UNDER.get(name, ()))]
    return any(path == url if url == "/" else path.startswith(url) for url in urls)


def _languages() -> list[Language]:
    active = get_language()
    return [Language(code, LANGUAGE_NAMES[code], code == active) for code, _name in settings.LANGUAGES]
