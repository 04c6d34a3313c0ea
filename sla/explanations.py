"""A figure explained to a machine: what the pages say of a deadline and of availability, to the second."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.serializers import OrganisationNumberRelation
from sla.figures.fault import FaultSheet, Took
from sla.figures.sheet import Sheet, Step
from sla.figures.uptime import Fault, Uptime
from sla.serializers import ServiceCodeRelation
from sla.spans import Month


class MonthField(serializers.CharField):
    """«2026-04»."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return Month.parse(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(_("Write the month as 2026-04.")) from error


class AskedMonthSerializer(serializers.Serializer):
    """Which figure of availability is to be explained."""

    service = ServiceCodeRelation()
    municipality = OrganisationNumberRelation(source="organisation")
    month = MonthField(source="span")


def whole_seconds(value: Any) -> int:
    return int(value.total_seconds())


class StepSerializer(serializers.Serializer):
    """A span of open hours within one day in Oslo."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    what = serializers.ChoiceField(choices=["counted", "paused", "overdue"], source="what.value")
    reason = serializers.CharField(help_text="Of a pause, as the source calls it.")
    seconds = serializers.SerializerMethodField()
    total_seconds = serializers.SerializerMethodField(help_text="Counted from the start to the end of this span.")

    def get_seconds(self, step: Step) -> int:
        return whole_seconds(step.length)

    def get_total_seconds(self, step: Step) -> int:
        return whole_seconds(step.total)


class OddDaySerializer(serializers.Serializer):
    """A holiday, or a day with hours of its own."""

    day = serializers.DateField()
    reason = serializers.CharField()
    hours = serializers.CharField(help_text="Empty or a word where it is closed.")
    is_open = serializers.BooleanField()


class ClockChangeSerializer(serializers.Serializer):
    at = serializers.SerializerMethodField()
    seconds = serializers.SerializerMethodField(help_text="Forward is more.")

    def get_at(self, change: tuple[datetime, timedelta]) -> datetime:
        return change[0]

    def get_seconds(self, change: tuple[datetime, timedelta]) -> int:
        return whole_seconds(change[1])


class DeadlineSerializer(serializers.Serializer):
    """How one deadline of an incident was reckoned."""

    metric = serializers.CharField(source="clock.target.metric")
    agreement = serializers.CharField(source="clock.target.version.agreement.name")
    version = serializers.IntegerField(source="clock.target.version.number")
    resolution = serializers.CharField(source="clock.target.version.resolution")
    calendar = serializers.CharField(source="clock.calendar_version.calendar.name")
    calendar_version = serializers.IntegerField(source="clock.calendar_version.number")
    allowed_seconds = serializers.SerializerMethodField(help_text="Of working days: what was open of them.")
    allowed_days = serializers.IntegerField(
        source="clock.target.days", allow_null=True, help_text="Where the deadline is in working days."
    )
    pauses_stop_it = serializers.BooleanField(source="clock.target.pauses")
    start = serializers.DateTimeField()
    stop = serializers.DateTimeField(help_text="Null while it runs.")
    due = serializers.DateTimeField(help_text="Null while an unfinished pause holds it.")
    due_without_pauses = serializers.DateTimeField(help_text="Null where no pause moved it.")
    worked_seconds = serializers.SerializerMethodField()
    paused_seconds = serializers.SerializerMethodField()
    met = serializers.BooleanField(source="clock.met", allow_null=True, help_text="Null while undecided.")
    counts_in = serializers.DateField(source="clock.month", help_text="The first of the month; null while undecided.")
    days_with_other_hours = OddDaySerializer(many=True, source="odd_days")
    clock_changes = ClockChangeSerializer(many=True, help_text="Of the wall clock, while it was open.")
    steps = StepSerializer(many=True)

    def get_allowed_seconds(self, sheet: Sheet) -> int:
        return whole_seconds(sheet.allowed)

    def get_worked_seconds(self, sheet: Sheet) -> int:
        return whole_seconds(sheet.worked)

    def get_paused_seconds(self, sheet: Sheet) -> int:
        return whole_seconds(sheet.paused)


class TookSerializer(serializers.Serializer):
    """A span of open hours within one day in Oslo that an outage took."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    seconds = serializers.SerializerMethodField()
    total_seconds = serializers.SerializerMethodField()

    def get_seconds(self, one: Took) -> int:
        return whole_seconds(one.length)

    def get_total_seconds(self, one: Took) -> int:
        return whole_seconds(one.total)


class FaultSheetSerializer(serializers.Serializer):
    """What an outage took under one agreement, as if nothing else had happened."""

    agreement = serializers.CharField(source="target.version.agreement.name")
    version = serializers.IntegerField(source="target.version.number")
    resolution = serializers.CharField(source="target.version.resolution")
    places = serializers.IntegerField(help_text="To how many services of how many organisations it is promised.")
    counts_as_planned = serializers.BooleanField(source="is_planned")
    is_late = serializers.BooleanField(help_text="Planned work that was notified too late, and so counts as downtime.")
    calendars = serializers.SerializerMethodField(help_text="In force while it lasted, in order.")
    taken_seconds = serializers.SerializerMethodField()
    days_with_other_hours = OddDaySerializer(many=True, source="odd_days")
    clock_changes = ClockChangeSerializer(many=True, help_text="Of the wall clock, while it was open.")
    spans = TookSerializer(many=True)

    def get_calendars(self, sheet: FaultSheet) -> list[str]:
        return list(dict.fromkeys(str(version) for version, _since, _until in sheet.hours))

    def get_taken_seconds(self, sheet: FaultSheet) -> int:
        return whole_seconds(sheet.taken)


class FaultSerializer(serializers.Serializer):
    """An outage as one organisation met it with one service."""

    source = serializers.CharField(source="outage.source")
    external_id = serializers.CharField(source="outage.external_id")
    part = serializers.IntegerField(source="outage.part")
    title = serializers.CharField(source="outage.title")
    started = serializers.DateTimeField(source="outage.started")
    ended = serializers.DateTimeField(source="outage.ended", help_text="Null while it goes on.")
    counts_as_planned = serializers.BooleanField(source="is_planned")
    is_late = serializers.BooleanField(help_text="Planned work that was notified too late, and so counts as downtime.")
    seconds = serializers.SerializerMethodField(help_text="Agreed time that it took alone; overlaps count once below.")

    def get_seconds(self, fault: Fault) -> int:
        return whole_seconds(fault.cost)


class UpTargetSerializer(serializers.Serializer):
    """What the availability is held against: two in a span in which one version followed another."""

    agreement = serializers.CharField(source="version.agreement.name")
    version = serializers.IntegerField(source="version.number")
    resolution = serializers.CharField(source="version.resolution")
    wanted = serializers.DecimalField(7, 6)
    good_enough = serializers.DecimalField(7, 6)
    notice_days = serializers.IntegerField(help_text="Planned work that was notified later counts as downtime.")


class LinkSerializer(serializers.Serializer):
    """A service that is needed, directly or by way of others, as the same municipality met it in the same span."""

    service = serializers.CharField(source="service.code")
    availability = serializers.DecimalField(
        5, 2, source="percent", allow_null=True, help_text="Null where it is not measured, and so left out."
    )
    status = serializers.CharField(source="level.status")


class ChainSerializer(serializers.Serializer):
    """The service together with all that it needs, multiplied, as all must be up at once. Where several went down
    together, it was up for longer.
    """

    availability = serializers.DecimalField(5, 2, source="percent", help_text="Rounded down.")
    promised = serializers.DecimalField(
        5, 2, source="promised_percent", help_text="What the promises of those that are needed multiply to."
    )
    promises_too_much = serializers.BooleanField(
        help_text="The service is promised more than all that it needs allows together."
    )
    links = LinkSerializer(many=True)


class UptimeSerializer(serializers.Serializer):
    """What stands behind the availability of a service for one organisation in a span. `chain` comes in the context."""

    service = serializers.CharField(source="service.code")
    municipality = OrganisationNumberRelation(source="organisation")
    agreed_seconds = serializers.SerializerMethodField()
    planned_seconds = serializers.SerializerMethodField()
    down_seconds = serializers.SerializerMethodField()
    availability = serializers.DecimalField(
        5, 2, source="percent", help_text="Of the agreed time without planned work, every user alike; rounded down."
    )
    status = serializers.CharField(source="level.status", help_text="on_target, good_enough or not_good_enough.")
    weighted = serializers.DecimalField(5, 2, source="weighted_percent", help_text="By the users that were hit.")
    around_the_clock = serializers.DecimalField(
        5, 2, source="wall_percent", help_text="By the clock on the wall, open or not."
    )
    times_down = serializers.SerializerMethodField()
    longest_seconds = serializers.SerializerMethodField()
    mean_seconds_to_restore = serializers.SerializerMethodField(help_text="MTTR; null where it never went down.")
    mean_seconds_between_failures = serializers.SerializerMethodField(
        help_text="MTBF: time up for each time that it went down; null where it never did."
    )
    budget_left_seconds = serializers.SerializerMethodField(help_text="Negative where the target is missed.")
    targets = UpTargetSerializer(many=True)
    calendars = serializers.SerializerMethodField(help_text="The opening hours that were agreed.")
    outages = FaultSerializer(many=True, source="faults")
    chain = serializers.SerializerMethodField(help_text="Null where the service needs nothing.")

    def get_agreed_seconds(self, up: Uptime) -> int:
        return whole_seconds(up.agreed)

    def get_planned_seconds(self, up: Uptime) -> int:
        return whole_seconds(up.planned)

    def get_down_seconds(self, up: Uptime) -> int:
        return whole_seconds(up.down)

    def get_times_down(self, up: Uptime) -> int:
        return len(up.stretches)

    def get_longest_seconds(self, up: Uptime) -> int:
        return whole_seconds(up.longest)

    def get_mean_seconds_to_restore(self, up: Uptime) -> int | None:
        mean = up.mean_time_to_restore
        return None if mean is None else whole_seconds(mean)

    def get_mean_seconds_between_failures(self, up: Uptime) -> int | None:
        mean = up.mean_time_between_failures
        return None if mean is None else whole_seconds(mean)

    def get_budget_left_seconds(self, up: Uptime) -> int:
        return whole_seconds(up.budget_left)

    def get_calendars(self, up: Uptime) -> list[str]:
        return [str(version) for version in up.calendar_versions]

    @extend_schema_field(ChainSerializer(allow_null=True))
    def get_chain(self, up: Uptime) -> Any:
        found = self.context["chain"]
        return found and ChainSerializer(found).data
