"""The list of resolutions: what it can be narrowed to, its columns, and its file."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnership.meeting_words import day, vote_words
from partnership.models import Body, Meeting, Resolution
from partnership.models.resolutions import ResolutionQuerySet
from partnership.tables import NUMBER


def bodies(request: Any) -> QuerySet[Body]:
    return Body.objects.visible_to(request.user)


def years() -> list[tuple[int, str]]:
    known = Meeting.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, str(year)) for year in known]


class ResolutionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label=_("Words or number"))
    body = django_filters.ModelChoiceFilter(
        field_name="item__body", queryset=bodies, label=_("Body"), empty_label=_("All bodies")
    )
    year = django_filters.ChoiceFilter(
        field_name="item__year", choices=years, label=_("Year"), empty_label=_("All years")
    )
    open = django_filters.ChoiceFilter(
        method="only_open", choices=[("1", _("With open follow-ups"))], label=_("Follow-up"), empty_label=_("All")
    )

    class Meta:
        model = Resolution
        fields = ("q", "body", "year", "open")

    def search(self, rows: ResolutionQuerySet, _name: str, text: str) -> ResolutionQuerySet:
        return rows.matching(text)

    def only_open(self, rows: ResolutionQuerySet, _name: str, _value: str) -> ResolutionQuerySet:
        return rows.with_open_follow_ups()


def listed(rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """With all that a line says, in one query; newest first, which counting would else forget."""
    left = Count("follow_ups", filter=Q(follow_ups__done_on__isnull=True))
    counted = rows.select_related("item__meeting__body").annotate(open_follow_ups=left)
    return counted.order_by(*Resolution._meta.ordering)


class ResolutionTable(tables.Table):
    caption = _("Resolutions")
    number = tables.Column(_("Number"), accessor="label", order_by=("item__year", "item__number"))
    title = tables.Column(
        _("Matter"),
        accessor="item__title",
        linkify=lambda record: reverse("partnership:resolution-detail", args=[record.pk]),
    )
    body = tables.Column(_("Body"), accessor="item__meeting__body", order_by="item__body__sort_key")
    held = tables.Column(_("Decided"), accessor="item__meeting__starts", attrs={"td": {"class": "date"}})
    open_follow_ups = tables.Column(_("Open follow-ups"), attrs=NUMBER)

    class Meta:
        model = Resolution
        fields = ("number", "title", "body", "held", "open_follow_ups")
        empty_text = _("No resolution matches. Try another word, or fewer choices.")

    def render_held(self, value: Any) -> str:
        return day(value)


def resolution_head() -> list[Any]:
    return [
        _now("Number"), _now("Matter"), _now("Resolution"), _now("Body"), _now("Decided"), _now("Votes"),
        _now("Open follow-ups"),
    ]  # fmt: skip


def resolution_cells(row: Any) -> list[Any]:
    meeting = row.item.meeting
    return [
        row.label,
        row.item.title,
        row.text,
        meeting.body,
        meeting.starts.date(),
        vote_words(row),
        row.open_follow_ups,
    ]
