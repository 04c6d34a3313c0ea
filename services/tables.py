"""The lists of these rooms: columns, words and order."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from services import hour_words
from services.models import CalendarVersion, Service, ServiceCalendar

NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class ServiceTable(tables.Table):
    caption = _("Services")
    name = tables.Column(
        _("Service"),
        linkify=lambda record: reverse("services:service-detail", args=[record.pk]),
        order_by=("sort_key", "code"),
    )
    group = tables.Column(_("Product group"))
    tier = tables.Column(_("Tier"))
    step = tables.Column(_("Step"), attrs=NUMBER)
    calendar = tables.Column(_("Opening hours"), default="–", order_by="calendar__sort_key")
    owner = tables.Column(_("Service owner"), default="–", order_by="owner__sort_key")
    stage = tables.Column(_("Life cycle"))

    class Meta:
        model = Service
        fields = ("name", "code", "group", "tier", "step", "calendar", "owner", "stage")
        order_by = "name"
        empty_text = _("No service matches. Try a shorter word, or fewer choices.")

    def render_group(self, record: Service) -> str:
        return str(capfirst(record.get_group_display()))

    def render_tier(self, record: Service) -> str:
        return str(capfirst(record.get_tier_display()))

    def render_stage(self, record: Service) -> str:
        return str(capfirst(record.get_stage_display()))


class CalendarTable(tables.Table):
    caption = _("Opening hours")
    name = tables.Column(
        _("Calendar"),
        linkify=lambda record: reverse("services:calendar-detail", args=[record.pk]),
        order_by=("sort_key", "pk"),
    )
    week = tables.Column(_("Weekly hours"), accessor="in_force", empty_values=(), orderable=False)
    service_count = tables.Column(_("Services"), attrs=NUMBER)

    class Meta:
        model = ServiceCalendar
        fields = ("name", "week", "service_count")
        order_by = "name"
        empty_text = _("No opening hours yet.")

    def render_week(self, value: list[CalendarVersion]) -> Any:
        """The weekly hours of today's version, a line for each run of equal days."""
        lines = (hour_words.week(version.weekly) for version in value)
        return format_html_join("", "<div>{}: {}</div>", (line for week in lines for line in week)) or "–"
