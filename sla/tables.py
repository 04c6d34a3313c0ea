"""The lists of these rooms: columns, words and order."""

from collections.abc import Container
from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services import notice_words
from services.models import ServiceNotice
from sla.deadlines import deadline_of
from sla.figures.incidents import TimeLeft, clock_of
from sla.levels import Level
from sla.models import (
    CalculationRun,
    ChangedFigure,
    Improvement,
    Incident,
    Metric,
    Outage,
    ServiceAgreement,
)
from sla.words import agreements as versions_words
from sla.words import changes as change_words
from sla.words import life as life_words
from sla.words import outages as outage_words
from sla.words import plain

DATE = {"td": {"class": "date"}}
NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class IncidentTable(tables.Table):
    """`metric` is the deadline that is shown, as it stands at `now`."""

    caption = _("Incidents")
    external_id = tables.Column(_("Incident"), order_by="external_id")
    service = tables.Column(_("Service"), order_by=("service__sort_key", "-opened"))
    organisation = tables.Column(_("Owner"), order_by=("organisation__sort_key", "-opened"))
    priority = tables.Column(_("Priority"), order_by=("priority", "-opened"))
    opened = tables.Column(_("Reported"), attrs=DATE, order_by=("opened", "pk"))
    resolved = tables.Column(_("Solved"), attrs=DATE, default="–")
    deadline = tables.Column(_("Deadline"), empty_values=(), order_by=("due", "pk"))

    class Meta:
        model = Incident
        fields = ("external_id", "deadline", "service", "organisation", "priority", "opened", "resolved")
        sequence = fields
        order_by = "-opened"
        empty_text = _("No incident matches. Try a shorter word, or fewer choices.")

    def __init__(self, *args: Any, metric: Metric, now: datetime, **kwargs: Any) -> None:
        self.metric, self.now, self.left = metric, now, TimeLeft(now)
        super().__init__(*args, **kwargs)

    def render_external_id(self, record: Incident) -> str:
        url = reverse("sla:incident-detail", args=[record.pk])
        return format_html('<a href="{}">{}</a><small>{}</small>', url, record.external_id, record.title)

    def render_priority(self, value: int) -> str:
        return f"P{value}"

    def render_opened(self, value: datetime) -> str:
        return plain.instant(value)

    def render_resolved(self, value: datetime) -> str:
        return plain.instant(value)

    def render_deadline(self, record: Incident) -> str:
        """How it stands, when it falls or fell, and how much of the opening hours is left until then."""
        clock = clock_of(record, self.metric)
        deadline = deadline_of(clock, self.now)
        told = {"status": plain.DEADLINE_SHAPES[deadline], "word": deadline.label}
        due = plain.instant(clock.due) if clock and clock.due else ""
        if clock and (left := self.left.of(clock)) is not None:
            due = gettext("%(due)s, %(left)s left") % {"due": due, "left": plain.in_minutes(left)}
        return format_html("{}<small>{}</small>", render_to_string("components/status.html", told), due)


class OutageTable(tables.Table):
    """Of `sla.figures.outages.outages`, which fetches what the reader may see of whom they hit."""

    caption = _("Downtime and planned work")
    external_id = tables.Column(_("What happened"), order_by="external_id")
    kind = tables.Column(_("Kind"))
    services = tables.Column(_("Service"), accessor="visible_reach", orderable=False)
    owners = tables.Column(_("Hit"), accessor="visible_reach", orderable=False)
    started = tables.Column(_("From"), attrs=DATE, order_by=("started", "pk"))
    ended = tables.Column(_("To"), attrs=DATE, default=_("still down"))

    class Meta:
        model = Outage
        fields = ("external_id", "kind", "services", "owners", "started", "ended")
        sequence = fields
        order_by = "-started"
        empty_text = _("No downtime and no planned work matches.")

    def render_external_id(self, record: Outage) -> str:
        url = reverse("sla:outage-detail", args=[record.pk])
        return format_html('<a href="{}">{}</a><small>{}</small>', url, record, record.external_id)

    def render_kind(self, record: Outage) -> str:
        return plain.sentence(record.get_kind_display())

    def render_services(self, value: list[Any]) -> str:
        return outage_words.services(value)

    def render_owners(self, value: list[Any]) -> str:
        return outage_words.owners(value)

    def render_started(self, value: datetime) -> str:
        return plain.instant(value)

    def render_ended(self, value: datetime) -> str:
        return plain.instant(value)


class NoticeTable(tables.Table):
    """With the reach that the reader may see at hand as `visible_reach`; each as it stands at `now`."""

    caption = _("Service notices")
    title = tables.Column(
        _("Notice"),
        linkify=lambda record: reverse("sla:notice-detail", args=[record.pk]),
        order_by=("title", "pk"),
    )
    standing = tables.Column(_("Status"), empty_values=(), orderable=False)
    kind = tables.Column(_("Kind"))
    services = tables.Column(_("Service"), accessor="visible_reach", orderable=False)
    owners = tables.Column(_("Hit"), accessor="visible_reach", orderable=False)
    starts = tables.Column(_("From"), attrs=DATE, order_by=("starts", "pk"))

    class Meta:
        model = ServiceNotice
        fields = ("title", "standing", "kind", "services", "owners", "starts")
        sequence = fields
        order_by = "-starts"
        empty_text = _("No service notice has been written.")

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def render_standing(self, record: ServiceNotice) -> str:
        status, word = notice_words.status(record, self.now)
        return render_to_string("components/status.html", {"status": status, "word": word})

    def render_kind(self, record: ServiceNotice) -> str:
        return plain.sentence(record.get_kind_display())

    def render_services(self, value: list[Any]) -> str:
        return notice_words.services(value)

    def render_owners(self, value: list[Any]) -> str:
        return notice_words.owners(value)

    def render_starts(self, value: datetime) -> str:
        return plain.instant(value)


class AgreementTable(tables.Table):
    caption = _("Agreements")
    name = tables.Column(
        _("Agreement"),
        linkify=lambda record: reverse("sla:agreement-detail", args=[record.pk]),
        order_by=("sort_key", "pk"),
    )
    phase = tables.Column(_("Phase"))
    version = tables.Column(_("In force"), accessor="in_force", empty_values=(), orderable=False)
    covered = tables.Column(_("Covers"), accessor="in_force", empty_values=(), orderable=False)

    class Meta:
        model = ServiceAgreement
        fields = ("name", "phase", "version", "covered")
        order_by = "name"
        empty_text = _("No agreement yet.")

    def render_phase(self, record: ServiceAgreement) -> str:
        return plain.sentence(record.get_phase_display())

    def render_version(self, value: list[Any]) -> str:
        return "\n".join(versions_words.held(version) for version in value) or "–"

    def render_covered(self, value: list[Any]) -> str:
        return "\n".join(versions_words.extent(version) for version in value) or "–"


class ImprovementTable(tables.Table):
    """`closable` are the ids of those that the reader may mark as done; with `can_manage` she may change them too."""

    caption = _("Improvements")
    text = tables.Column(_("What is to be done"), order_by=("text", "pk"))
    agreement = tables.Column(
        _("Agreement"),
        linkify=lambda record: reverse("sla:agreement-detail", args=[record.agreement_id]),
        order_by=("agreement__sort_key", "pk"),
    )
    owner = tables.Column(_("Done by whom"), order_by=("owner__name", "pk"))
    due = tables.Column(_("Due date"), attrs=DATE, order_by=("due", "pk"))
    standing = tables.Column(_("Status"), empty_values=(), orderable=False)

    class Meta:
        model = Improvement
        fields = ("text", "standing", "agreement", "owner", "due")
        sequence = fields
        empty_text = _("No improvement is written down.")

    def __init__(self, *args: Any, closable: Container[int], can_manage: bool, **kwargs: Any) -> None:
        self.closable, self.can_manage = closable, can_manage
        super().__init__(*args, **kwargs)

    def render_text(self, record: Improvement) -> str:
        return format_html("{}<small>{}</small>", record.text, life_words.missed_by(record))

    def render_due(self, value: date) -> str:
        return plain.day(value)

    def render_standing(self, record: Improvement) -> str:
        """With the ways to close and to change it, for those who may."""
        status, word = life_words.standing_of(record)
        said = render_to_string("components/status.html", {"status": status, "word": word})
        ways = [("sla:improvement-close", gettext("Mark as done"))] if record.pk in self.closable else []
        if ways and self.can_manage:
            ways.append(("sla:improvement-edit", gettext("Change")))
        rows = ((reverse(name, args=[record.pk]), label, record.text) for name, label in ways)
        links = format_html_join("", ' <a href="{}">{}<span class="unseen">: {}</span></a>', rows)
        return format_html("{}{}", said, links)


class ChangeTable(tables.Table):
    caption = _("Changed figures")
    run = tables.Column(_("Calculated"), attrs=DATE, order_by=("run", "pk"))
    cause = tables.Column(_("Because of"), accessor="run__cause", orderable=False)
    who = tables.Column(_("By"), accessor="run", orderable=False)
    service = tables.Column(_("Service"), order_by=("service__sort_key", "pk"))
    organisation = tables.Column(_("Owner"), order_by=("organisation__sort_key", "pk"))
    month = tables.Column(_("Month"), attrs=DATE, order_by=("month", "pk"))
    metric = tables.Column(_("What"), order_by=("metric", "priority", "pk"))
    before = tables.Column(_("It was"), orderable=False)
    after = tables.Column(_("It is"), orderable=False)

    class Meta:
        model = ChangedFigure
        fields = ("service", "organisation", "month", "metric", "before", "after", "run", "cause", "who")
        sequence = fields
        order_by = "-run"
        empty_text = _("No figure of a month gone by has been changed.")

    def render_run(self, value: CalculationRun) -> str:
        return plain.instant(value.started)

    def render_who(self, value: CalculationRun) -> str:
        return change_words.who(value)

    def render_month(self, value: date) -> str:
        return plain.month(value)

    def render_metric(self, record: ChangedFigure) -> str:
        return plain.sentence(change_words.name(record))

    def render_before(self, record: ChangedFigure) -> str:
        return self._told(record.before, record)

    def render_after(self, record: ChangedFigure) -> str:
        return self._told(record.after, record)

    @staticmethod
    def _told(level: Level, record: ChangedFigure) -> str:
        status = {"status": plain.SHAPES[level.status], "word": level.status.label}
        symbol = render_to_string("components/status.html#symbol", status)
        return format_html("{} {}", symbol, change_words.figure(level, record.metric))
