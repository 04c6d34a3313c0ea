"""What the pages of reports share: the way to them, and the report fetched through the gate."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb
from reports.models import Edition
from reports.voice import quarter


def crumbs(*trail: Crumb) -> list[Crumb]:
    return [(_("Home"), reverse("portal:home")), (_("Reports"), reverse("reports:edition-list")), *trail]


def edition_of(request: HttpRequest, pk: int) -> Edition:
    """404 where the report does not exist for the reader, drafts included."""
    return get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)


def edition_to_prepare(request: HttpRequest, pk: int) -> Edition:
    """Also 403 for those who only read."""
    edition = edition_of(request, pk)
    access.require(request.user, Permission.PREPARE_REPORTS)
    return edition


def name_of(edition: Edition) -> str:
    """«Styrerapport 3. kvartal 2026»."""
    return _("Board report %(quarter)s") % {"quarter": quarter(str(edition.period))}


def may_prepare(user: Any) -> bool:
    return access.holds(user, Permission.PREPARE_REPORTS)
