"""The lists of these rooms: columns, words and order."""

from typing import Any

import django_tables2 as tables
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from benefits import words
from benefits.arithmetic import Status
from benefits.models import BenefitShare, Goal

NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class ShareTable(tables.Table):
    """Shares with their standing, in the order they came in unless a column is chosen."""

    caption = _("Benefits")
    benefit = tables.Column(_("Benefit"), order_by=("benefit__code", "organisation__sort_key"))
    organisation = tables.Column(_("Municipality"), order_by=("organisation__sort_key", "benefit__code"))
    standing = tables.Column(_("Status"), order_by=("rank", "benefit__code", "organisation__sort_key"))
    achievement = tables.Column(_("Achievement"), empty_values=(), orderable=False, attrs=NUMBER)
    newest_value = tables.Column(_("Newest"), orderable=False, default="–", attrs=NUMBER)
    target = tables.Column(_("Target"), orderable=False, attrs=NUMBER)
    newest_on = tables.Column(_("Measured on"), default="–")
    owner = tables.Column(_("Benefit owner"), order_by=("owner__sort_key", "benefit__code"))

    class Meta:
        model = BenefitShare
        fields = (
            "benefit", "organisation", "standing", "achievement", "newest_value", "target", "newest_on", "owner",
        )  # fmt: skip
        sequence = fields
        empty_text = _("No benefit matches. Try a shorter word, or fewer choices.")

    def render_benefit(self, record: BenefitShare) -> str:
        url = reverse("benefits:share-detail", args=[record.pk])
        return format_html('<a href="{}">{} {}</a>', url, record.benefit.code, record.benefit.name)

    def render_standing(self, value: str, record: BenefitShare) -> str:
        """The status, and what is lacking where it cannot be measured."""
        status = Status(value)
        told = {"status": words.SHAPES[status], "word": words.STATUS_WORDS[status]}
        return format_html(
            "{}<small>{}</small>", render_to_string("components/status.html", told), words.missing(record)
        )

    def render_achievement(self, record: BenefitShare) -> str:
        return words.achieved(record.way.achievement(record.newest_value) if record.way else None)

    def render_newest_value(self, value: Any, record: BenefitShare) -> str:
        return words.written(value, record.benefit.unit)

    def render_target(self, value: Any, record: BenefitShare) -> str:
        return words.written(value, record.benefit.unit)

    def render_newest_on(self, value: Any) -> str:
        return words.day(value)

    def order_newest_on(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        """Those never measured stand first when the oldest do."""
        order = F("newest_on").desc(nulls_last=True) if is_descending else F("newest_on").asc(nulls_first=True)
        return rows.order_by(order, "benefit__code", "organisation__sort_key"), True


class GoalTable(tables.Table):
    caption = _("Goals")
    name = tables.Column(
        _("Goal"),
        linkify=lambda record: reverse("benefits:goal-detail", args=[record.pk]),
        order_by=("sort_key", "pk"),
    )
    kind = tables.Column(_("Kind of goal"))
    organisation = tables.Column(_("Owned by"), default=_("The company"), order_by="organisation__sort_key")
    target = tables.Column(_("Target"), orderable=False)
    decided_on = tables.Column(_("Decided on"))
    benefit_count = tables.Column(_("Benefits"), attrs=NUMBER)

    class Meta:
        model = Goal
        fields = ("name", "kind", "organisation", "target", "decided_on", "benefit_count")
        order_by = "name"
        empty_text = _("No goals yet.")

    def render_kind(self, record: Goal) -> str:
        return str(capfirst(record.get_kind_display()))

    def render_decided_on(self, value: Any) -> str:
        return words.day(value)
