"""What is agreed, from the database into the lookup columns of `sla.clocks`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from services.models import CalendarVersion
from sla.clocks import Terms, pair
from sla.models import CLOCKED, AgreementVersion, Coverage, Metric, Target
from sla.querysets import Pair
from sla.timelines import NONE, REACH, Column, Period, Timeline, midnight


def load_terms() -> Terms:
    """Every agreement and calendar there is; small beside the incidents."""
    targets = Target.objects.holding().filter(metric__in=CLOCKED).order_by("pk").select_related("version")
    return _terms(list(targets), _coverage)


def supposed_terms(version: AgreementVersion, pairs: Iterable[Pair]) -> Terms:
    """As if this version alone had always held for these pairs, and each calendar had begun as it first is."""

    def always(positions: Mapping[int, int]) -> Iterator[Period]:
        if version.pk in positions:
            for service, organisation in pairs:
                yield Period(pair(service, organisation), -REACH, REACH, positions[version.pk])

    targets = version.targets.filter(metric__in=CLOCKED).order_by("pk").select_related("version")
    terms = _terms(list(targets), always)
    return replace(terms, calendars=terms.calendars.from_the_start())


def _terms(targets: Sequence[Target], coverage: Callable[[Mapping[int, int]], Iterator[Period]]) -> Terms:
    """`coverage` says who is covered when, given the positions of the versions by id."""
    positions = {version: place for place, version in enumerate(dict.fromkeys(row.version_id for row in targets))}
    calendars = list(CalendarVersion.objects.order_by("pk"))
    return Terms(
        zone=timezone.get_default_timezone(),
        versions=Timeline.of(coverage(positions)),
        targets=_table(targets, positions),
        target_ids=_column([row.pk for row in targets]),
        target_seconds=_column([int(row.work.total_seconds()) for row in targets]),
        target_pauses=np.array([row.pauses for row in targets], dtype=bool),
        target_calendars=_column([row.calendar_id or row.version.calendar_id for row in targets]),
        calendars=Timeline.of(_period(row.calendar_id, row.period, place) for place, row in enumerate(calendars)),
        calendar_version_ids=_column([row.pk for row in calendars]),
        work_times=[row.work_time() for row in calendars],
    )


def _coverage(positions: Mapping[int, int]) -> Iterator[Period]:
    rows = Coverage.objects.filter(version__in=positions).values_list(
        "service_id", "organisation_id", "period", "version_id"
    )
    for service, organisation, period, version in rows.iterator():
        yield _period(pair(service, organisation), period, positions[version])


def _period(key: int, period: DateRange, value: int) -> Period:
    """Days of the wall clock as instants: a day begins at local midnight."""
    zone = timezone.get_default_timezone()
    since = -REACH if period.lower is None else midnight(period.lower, zone)
    until = REACH if period.upper is None else midnight(period.upper, zone)
    return Period(key, since, until, value)


def _table(targets: Sequence[Target], positions: Mapping[int, int]) -> Column:
    """[version, metric, priority] -> the target's position in the columns."""
    priorities = 1 + max((row.priority or 0 for row in targets), default=0)
    table = np.full((len(positions), len(CLOCKED), priorities), NONE, dtype=np.int64)
    for place, row in enumerate(targets):
        table[positions[row.version_id], CLOCKED.index(Metric(row.metric)), row.priority] = place
    return table


def _column(values: Sequence[int]) -> Column:
    return np.array(values, dtype=np.int64)
