"""The lists of what monitoring sends and names."""

from datetime import datetime

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sla.models import InboxMessage, MonitoredThing
from sla.tables import DATE, NUMBER
from sla.words import plain


class InboxTable(tables.Table):
    caption = _("Messages from monitoring")
    received_at = tables.Column(
        _("Received"),
        attrs=DATE,
        linkify=lambda record: reverse("sla:inbox-detail", args=[record.pk]),
        order_by=("received_at", "pk"),
    )
    source = tables.Column(_("Source"), order_by=("source", "pk"))
    state = tables.Column(_("Status"), order_by=("state", "pk"))
    about = tables.Column(_("Waits for, or why"), accessor="things", empty_values=(), orderable=False)
    times = tables.Column(_("Times"), attrs=NUMBER)

    class Meta:
        model = InboxMessage
        fields = ("received_at", "source", "state", "about", "times")
        sequence = fields
        order_by = "-received_at"
        empty_text = _("Monitoring has sent nothing yet.")

    def render_received_at(self, value: datetime) -> str:
        return plain.instant(value)

    def render_state(self, record: InboxMessage) -> str:
        return plain.sentence(record.get_state_display())

    def render_about(self, record: InboxMessage) -> str:
        return ", ".join(record.things) or record.fault


class ThingTable(tables.Table):
    caption = _("What monitoring calls our services")
    name = tables.Column(
        _("Name at the source"),
        linkify=lambda record: reverse("sla:thing-match", args=[record.pk]),
        order_by=("name", "pk"),
    )
    source = tables.Column(_("Source"), order_by=("source", "pk"))
    service = tables.Column(_("Service"), empty_values=(), order_by=("service__sort_key", "pk"))
    organisation = tables.Column(_("Owner"), default="–", order_by=("organisation__sort_key", "pk"))
    first_seen = tables.Column(_("First seen"), attrs=DATE, order_by=("first_seen", "pk"))

    class Meta:
        model = MonitoredThing
        fields = ("name", "source", "service", "organisation", "first_seen")
        sequence = fields
        empty_text = _("Monitoring has named nothing yet.")

    def render_service(self, record: MonitoredThing) -> str:
        if record.service:
            return str(record.service)
        return gettext("none of ours") if record.is_ignored else gettext("not matched yet")

    def render_first_seen(self, value: datetime) -> str:
        return plain.instant(value)
