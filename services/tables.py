"""The lists of these rooms: columns, words and order."""

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from services import hour_words, order_words
from services.models import CalendarVersion, Order, Service, ServiceCalendar
from services.treatments import State

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


class OrderTable(tables.Table):
    """As it stands on a day: what is over its promised date says so."""

    caption = _("Orders")
    number = tables.Column(_("Order"), empty_values=(), order_by=("number", "pk"))
    state = tables.Column(_("State"))
    service = tables.Column(_("Service"), order_by=("service__sort_key", "-sent_at"))
    organisation = tables.Column(_("Owner"), order_by=("organisation__sort_key", "-sent_at"))
    promised_on = tables.Column(_("Promised"), attrs={"td": {"class": "date"}}, default="–")
    sent_at = tables.Column(_("Sent"), attrs={"td": {"class": "date"}}, default="–")
    placer = tables.Column(_("Placed by"), order_by=("placer__sort_key", "-sent_at"))

    class Meta:
        model = Order
        fields = ("number", "state", "service", "organisation", "promised_on", "sent_at", "placer")
        sequence = fields
        empty_text = _("No order here. Choose another list, or fewer choices.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def render_number(self, record: Order) -> str:
        url = reverse("services:order-detail", args=[record.pk])
        return format_html(
            '<a href="{}"><span class="nowrap">{}</span></a><small>{}</small>', url, record, record.description[:60]
        )

    def render_state(self, record: Order) -> str:
        late = record.is_late(self.today)
        shape = "not-good-enough" if late else order_words.SHAPES[State(record.state)]
        told = {"status": shape, "word": order_words.state_label(record, self.request.user)}
        over = _("over the promised date") if late else ""
        return format_html("{}<small>{}</small>", render_to_string("components/status.html", told), over)

    def render_promised_on(self, value: date) -> str:
        return order_words.day(value)

    def render_sent_at(self, value: datetime) -> str:
        return order_words.day(timezone.localdate(value))
