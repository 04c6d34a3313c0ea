"""Reports as pages: the list, and the HTML twin with what may be done with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kit import formats
from kit.charts import WEB
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from reports.document.reader import Reader
from reports.forms import CommentForm, DraftForm, MeetingForm, WhoseForm
from reports.models import Edition, SectionKey, Status
from reports.rendering import LANGUAGE_NAMES, LANGUAGES, document
from reports.tables import EditionTable
from reports.views.pages import crumbs, edition_of, may_prepare, name_of
from reports.voice import language


def edition_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_REPORTS)
    prepares = may_prepare(request.user)
    rows = Edition.objects.visible_to(request.user).with_readers().light()
    table = EditionTable(rows, exclude=() if prepares else ("status", "read"))
    return render_page(
        request,
        "reports/edition_list.html",
        {
            "title": _("Reports"),
            "state": _("One report for each quarter, with the way from every figure to what is behind it."),
            "crumbs": [*crumbs()[:-1], (_("Reports"), "")],
            "table": table,
            "form": DraftForm() if prepares else None,
        },
    )


def edition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return edition_page(request, edition_of(request, pk))


def edition_page(request: HttpRequest, edition: Edition, *, refused: dict[str, Any] | None = None) -> HttpResponse:
    """The report as a page. `refused` holds forms that came back with words about them, by name."""
    prepares, owner = may_prepare(request.user), owner_for(request)
    shown = document(edition, WEB, owner=owner, opens_orders=access.holds_anywhere(request.user, Permission.SEE_ORDERS))
    context = {
        "title": name_of(edition),
        "crumbs": crumbs((name_of(edition), "")),
        "edition": edition,
        "document": shown,
        "files": files_of(edition),
        "whose": WhoseForm(owners_in(edition), owner),
        "own_files": own_files_of(edition, shown.front.reader) if shown.front.reader else [],
        "forms": writing(edition, refused or {}) if prepares and edition.is_open else {},
        "prepares": prepares,
        "stale": prepares and edition.is_open and is_stale(edition),
        "reading": edition.readings.visible_to(request.user).first(),
    } | (readers(edition) if prepares else {})
    return render_page(request, "reports/edition_detail.html", context, status=422 if refused else 200)


def files_of(edition: Edition) -> list[dict[str, str]]:
    """The PDF and the CSV in each language, the reader's own first."""
    made = set(edition.renderings.of_board().values_list("language", flat=True))
    ordered = sorted(made & set(LANGUAGES), key=lambda code: (code != language()[:2], LANGUAGES.index(code)))
    return [
        {
            "language": code,
            "name": LANGUAGE_NAMES[code],
            "pdf": reverse("reports:rendering-pdf", args=[edition.pk, code]),
            "csv": reverse("reports:rendering-csv", args=[edition.pk, code]),
        }
        for code in ordered
    ]


def owner_for(request: HttpRequest) -> int | None:
    """Whose own edition is shown: the one asked for, else the owner that the reader belongs to; None is the board's."""
    asked = request.GET.get("owner")
    if asked is not None:
        return int(asked) if asked.isdecimal() else None
    return next((grant.organisation_id for grant in request.user.current_grants if grant.organisation_id), None)


def owners_in(edition: Edition) -> list[tuple[int, str]]:
    """By id and name, in the order of the report."""
    return [(owner["id"], owner["name"]) for owner in edition.figures["sections"]["service_levels"]["owners"]]


def own_files_of(edition: Edition, reader: Reader) -> list[dict[str, str]]:
    """The owner's own edition in each language; without an address where nobody has asked for it yet."""
    made = set(edition.renderings.own(reader.id).values_list("language", flat=True))
    return [
        {
            "language": code,
            "name": name,
            "pdf": reverse("reports:own-pdf", args=[edition.pk, reader.id, code]) if code in made else "",
        }
        for code, name in LANGUAGE_NAMES.items()
    ]


def writing(edition: Edition, refused: dict[str, Any]) -> dict[str, Any]:
    """The forms of the page: a comment for each section, the day of the meeting."""
    texts = dict(edition.comments.values_list("section", "text"))
    empty = {key: CommentForm(initial={"text": texts.get(key, "")}, auto_id=f"{key}_%s") for key in SectionKey.values}
    return empty | {"meeting": MeetingForm(initial={"meeting_on": edition.meeting_on})} | refused


def is_stale(edition: Edition) -> bool:
    """Something was written after the paper was made."""
    made = edition.renderings.order_by("made_at").values_list("made_at", flat=True).first()
    return made is not None and edition.comments.filter(at__gt=made).exists()


def readers(edition: Edition) -> dict[str, Any]:
    counts = ("told", "sent", "read", "read_by_others")
    return Edition.objects.filter(pk=edition.pk).with_readers().values(*counts).get() | {
        "frozen_at": formats.instant(edition.frozen_at, language()) if edition.frozen_at else "",
        "can_freeze": edition.status == Status.DRAFT,
        "can_publish": edition.status == Status.FROZEN,
    }
