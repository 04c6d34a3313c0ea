"""What the pages of these rooms share: the way to them, the form page, the file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig, Table

from kit.csv_files import people_csv
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission

type Crumb = tuple[str, str]


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


def rooms(request: HttpRequest) -> list[Tab]:
    """The pages about the cooperation that the reader may open."""
    known = [
        (_("The partnership"), "partnership:partnership-detail", Permission.SEE_PARTNERSHIP),
        (_("Owners"), "partnership:owner-list", Permission.SEE_PARTNERSHIP),
        (_("People and roles"), "partnership:person-list", Permission.SEE_PEOPLE),
        (_("Who may do what"), "partnership:grant-table", Permission.SEE_PARTNERSHIP),
        (_("Register of municipalities"), "partnership:municipality-list", None),
    ]
    return [
        Tab(label, reverse(name), reverse(name) == request.path)
        for label, name, permission in known
        if permission is None or access.holds_anywhere(request.user, permission)
    ]


def posted(request: HttpRequest) -> Any:
    """What was sent, empty or not; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def crumbs(*trail: Crumb) -> list[Crumb]:
    """From home by way of the partnership to the page itself, which is last."""
    return [
        (_("Home"), reverse("portal:home")),
        (_("The partnership"), reverse("partnership:partnership-detail")),
        *trail,
    ]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    submit: str,
    trail: Sequence[Crumb],
    note: str = "",
    way: Callable[..., list[Crumb]] = crumbs,
) -> HttpResponse:
    """A page that asks; 422 when what was sent came back with words about it. The way back is the crumb before."""
    walked = way(*trail, (title, ""))
    context = {"form": form, "title": title, "note": note, "submit": submit, "crumbs": walked, "back": walked[-2][1]}
    return render_page(request, "partnership/form_page.html", context, status=422 if form.is_bound else 200)


def wants_file(request: HttpRequest) -> bool:
    return request.GET.get("format") == "csv"


def file_url(request: HttpRequest) -> str:
    """This list, narrowed and sorted as it is, as a file."""
    query = request.GET.copy()
    query["format"] = "csv"
    return f"?{query.urlencode()}"


def in_pages(request: HttpRequest, table: Table, rows: int) -> None:
    """Which page is shown stands in the address; how long a page is does not, whatever the address says."""
    RequestConfig(request, paginate={"per_page": rows, "paginator_class": partial(_paginator, rows)}).configure(table)


def _paginator(rows: int, data: Any, _asked: int, **options: Any) -> Paginator:
    return Paginator(data, rows, **options)


def csv_file(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Rows are read and written as the file leaves, so that a long one takes no more memory than a short one."""
    lines = _spoken(people_csv(chain([head], rows)), translation.get_language())
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(
        (line.encode() for line in lines), content_type="text/csv; charset=utf-8", headers=headers
    )


def _spoken(lines: Iterator[str], language: str) -> Iterator[str]:
    """Each line in the language of the page; by the time the file leaves, the request and its language are gone."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
