"""The list of reports."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kit import formats
from partnership.tables import NUMBER
from reports.models import Edition
from reports.voice import capital, language, quarter


class EditionTable(tables.Table):
    caption = gettext_lazy("Board reports")
    period = tables.Column(
        gettext_lazy("Quarter"),
        order_by=("year", "quarter"),
        linkify=lambda record: reverse("reports:edition-detail", args=[record.pk]),
    )
    status = tables.Column()
    meeting_on = tables.Column(gettext_lazy("Board meeting"), default="–")
    cut_off = tables.Column(gettext_lazy("Figures read"))
    published_at = tables.Column(gettext_lazy("Published"), default="–")
    read = tables.Column(gettext_lazy("Read by"), attrs=NUMBER)

    class Meta:
        model = Edition
        fields = ("period", "status", "meeting_on", "cut_off", "published_at", "read")
        order_by = "-period"
        empty_text = gettext_lazy("No report yet.")

    def render_period(self, record: Edition) -> str:
        return capital(quarter(str(record.period)))

    def render_meeting_on(self, value: Any) -> str:
        return formats.day(value, language())

    def render_cut_off(self, value: Any) -> str:
        return formats.instant(value, language())

    def render_published_at(self, value: Any) -> str:
        return formats.instant(value, language())

    def render_read(self, record: Any) -> str:
        """Of those who were to be told, and others; a draft is read by nobody."""
        if not record.published_at:
            return "–"
        said = _("%(part)s of %(whole)s") % {"part": record.read, "whole": record.told}
        others = ngettext("and %(count)s other", "and %(count)s others", record.read_by_others)
        return f"{said} {others % {'count': record.read_by_others}}" if record.read_by_others else said
