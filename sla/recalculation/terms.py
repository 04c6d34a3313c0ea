"""What is agreed, from the database into the lookup columns of `sla.clocks`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from services.models import CalendarVersion
from sla.clocks import Terms, pair
from sla.models import CLOCKED, AgreementVersion, Coverage, Impact, Metric, Target
from sla.querysets import Pair
from sla.timelines import NONE, REACH, Column, Period, Timeline, midnight

SECONDS_A_MINUTE = 60

type Positions = Mapping[tuple[int, int | None], int]
"""The position of a version, and of a version with what deviates in it for an organisation."""


def load_terms() -> Terms:
    """Every agreement and calendar there is; small beside the incidents."""
    targets = Target.objects.holding().filter(metric__in=CLOCKED).order_by("pk")
    return _terms(list(targets.select_related("version__agreement")), _coverage)


def supposed_terms(version: AgreementVersion, pairs: Iterable[Pair]) -> Terms:
    """As if this version alone had always held for these pairs, and each calendar had begun as it first is."""

    def always(positions: Positions) -> Iterator[Period]:
        for service, organisation in pairs:
            if (place := position(positions, version.pk, organisation)) is not None:
                yield Period(pair(service, organisation), -REACH, REACH, place)

    targets = version.targets.filter(metric__in=CLOCKED).order_by("pk")
    terms = _terms(list(targets.select_related("version__agreement")), always)
    return replace(terms, calendars=terms.calendars.from_the_start())


def _terms(targets: Sequence[Target], coverage: Callable[[Positions], Iterator[Period]]) -> Terms:
    """`coverage` says who is covered when, given the positions of the versions."""
    keys = dict.fromkeys((row.version_id, row.organisation_id) for row in targets)
    positions = {key: place for place, key in enumerate(keys)}
    calendars = list(CalendarVersion.objects.order_by("pk"))
    return Terms(
        zone=timezone.get_default_timezone(),
        versions=Timeline.of(coverage(positions)),
        targets=_table(targets, positions),
        target_ids=_column([row.pk for row in targets]),
        target_seconds=_column([(row.minutes or 0) * SECONDS_A_MINUTE for row in targets]),
        target_days=_column([row.days or 0 for row in targets]),
        target_until_closing=np.array([row.until_closing for row in targets], dtype=bool),
        target_risks=_column([row.version.agreement.at_risk_percent for row in targets]),
        target_pauses=np.array([row.pauses for row in targets], dtype=bool),
        target_calendars=_column([row.calendar_id or row.version.calendar_id for row in targets]),
        calendars=Timeline.of(_period(row.calendar_id, row.period, place) for place, row in enumerate(calendars)),
        calendar_version_ids=_column([row.pk for row in calendars]),
        work_times=[row.work_time() for row in calendars],
    )


def _coverage(positions: Positions) -> Iterator[Period]:
    rows = Coverage.objects.filter(version__in={version for version, _organisation in positions}).values_list(
        "service_id", "organisation_id", "period", "version_id"
    )
    for service, organisation, period, version in rows.iterator():
        if (place := position(positions, version, organisation)) is not None:
            yield _period(pair(service, organisation), period, place)


def position(positions: Positions, version: int, organisation: int) -> int | None:
    """Of what is promised this organisation: its own where something deviates, else the common."""
    return positions.get((version, organisation), positions.get((version, None)))


def _period(key: int, period: DateRange, value: int) -> Period:
    """Days of the wall clock as instants: a day begins at local midnight."""
    zone = timezone.get_default_timezone()
    since = -REACH if period.lower is None else midnight(period.lower, zone)
    until = REACH if period.upper is None else midnight(period.upper, zone)
    return Period(key, since, until, value)


def _table(targets: Sequence[Target], positions: Positions) -> Column:
    """[version, metric, impact, priority] -> the target's position in the columns. What deviates replaces what is
    common, and what is said of an impact what is said of any.
    """
    priorities = 1 + max((row.priority or 0 for row in targets), default=0)
    table = np.full((len(positions), len(CLOCKED), 1 + max(Impact), priorities), NONE, dtype=np.int64)
    for place, row in sorted(enumerate(targets), key=_how_special):
        impacts = slice(None) if row.impact is None else row.impact
        for (version, organisation), line in positions.items():
            if version == row.version_id and row.organisation_id in (None, organisation):
                table[line, CLOCKED.index(Metric(row.metric)), impacts, row.priority] = place
    return table


def _how_special(numbered: tuple[int, Target]) -> tuple[bool, bool]:
    _place, row = numbered
    return row.impact is not None, row.organisation_id is not None


def _column(values: Sequence[int]) -> Column:
    return np.array(values, dtype=np.int64)
