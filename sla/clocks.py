"""Clocks of incidents, in columns: which target, how much working time, due when, met or not, decided when.

Pure calculation on int64 columns: instants are epoch seconds, FOREVER stands for one that has not come, work is
whole working seconds of `kit.worktime`. The rules are those of the service agreements:

- The agreement version in force on the local date an incident opened judges all its clocks to the end. None in
  force, or no target for its priority: no clock. A target of its impact goes before one of any impact.
- The calendar is the target's own or else the version's, in the version in force on that same date.
- A target in working days allows the working time until the same time of day so many working days later, or until
  the next working day closes; a pause lengthens it as it does one in hours.
- A span in which an incident was held to be solved, before it was opened again, counts under no target; one of waiting
  only where the target does not let pauses stop it.
- The response clock stops when the incident is answered, the resolution clock when it is solved.
- Met means stopped at or before the due instant. A clock is decided at the earlier of stopping and falling due, once
  that instant has come, and counts in its local month. A stop before the opening is zero work, met, and decided then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import numpy.typing as npt

from kit.worktime import FOREVER, WorkTime
from sla import digests
from sla.tallies import Tally
from sla.timelines import NONE, Column, Timeline, months

type Flags = npt.NDArray[np.bool_]

WORK_IS_COUNTED_FROM = 0  # 1970-01-01T00:00Z
UNDECIDED = -(1 << 20)  # months
PAIR_BITS = 31
HUNDRED = 100


def pair[T: (int, Column)](services: T, organisations: T) -> T:
    """One key for a service and an organisation; ids stay below 2**31."""
    return services << PAIR_BITS | organisations


@dataclass(frozen=True)
class Spans:
    """Row i is paused in [froms[j], tos[j]) for offsets[i] <= j < offsets[i + 1], as `kit.worktime` wants it.

    In the first solved[i] of them it was held to be solved, in the others one waited.
    """

    offsets: Column
    froms: Column
    tos: Column
    solved: Column

    def of_rows(self, rows: Column, waiting: Flags) -> "Spans":
        """The spans of these rows; where waiting is not wanted, only those in which it was held to be solved."""
        solved = self.solved[rows]
        counts = np.where(waiting, self.offsets[rows + 1] - self.offsets[rows], solved)
        offsets = np.concatenate(([0], np.cumsum(counts)))
        index = np.repeat(self.offsets[rows] - offsets[:-1], counts) + np.arange(offsets[-1])
        return Spans(offsets, self.froms[index], self.tos[index], solved)

    @property
    def columns(self) -> tuple[Column, Column, Column]:
        return self.offsets, self.froms, self.tos


@dataclass(frozen=True)
class Incidents:
    """Columns of one length; a missing answer or solution is FOREVER."""

    pauses: Spans
    ids: Column
    services: Column
    organisations: Column
    priorities: Column
    impacts: Column  # 0 where nobody has said
    opened: Column
    responded: Column
    resolved: Column


@dataclass(frozen=True)
class Terms:
    """What is agreed. Targets and calendar versions are columns; a Timeline's values are positions in them."""

    zone: tzinfo
    versions: Timeline  # of a service and an organisation: the agreement version's position in `targets`
    targets: Column  # [version, metric, impact, priority]: the target's position, or NONE; impact 0 is not said
    target_ids: Column
    target_seconds: Column  # 0 where it is in working days
    target_days: Column  # 0 where it is in working time
    target_until_closing: Flags
    target_pauses: Flags
    target_risks: Column  # the per cent of its time after which it is at risk
    target_calendars: Column
    calendars: Timeline  # of a calendar: the position of its version
    calendar_version_ids: Column
    work_times: Sequence[WorkTime]

    def targets_of(self, versions: Column, metric: int, impacts: Column, priorities: Column) -> Column:
        last = self.targets.shape[3] - 1
        found = self.targets[versions, metric, impacts, np.clip(priorities, 0, last)]
        return np.where((versions == NONE) | (priorities > last), NONE, found)

    def seconds_of(self, targets: Column, opened: Column, hours: WorkTime) -> Column:
        """The working seconds that each target allows what was reported then."""
        seconds, days = self.target_seconds[targets], self.target_days[targets]
        rows = np.flatnonzero(days)
        if len(rows):
            seconds[rows] = hours.workdays_many(opened[rows], days[rows], self.target_until_closing[targets[rows]])
        return seconds


@dataclass(frozen=True)
class Clocks:
    """Columns of one length. `rows` are positions in the incidents; a month is counted from January 1970."""

    rows: Column
    target_ids: Column
    calendar_version_ids: Column
    work_at_start: Column
    work_at_stop: Column
    paused: Column
    due: Column
    at_risk: Column  # FOREVER once decided, or while an unfinished pause holds it
    stopped: Column
    months: Column
    met: Flags
    digests: Column

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def decided(self) -> Flags:
        return self.months != UNDECIDED


def clocks_of(incidents: Incidents, terms: Terms, as_of: int) -> Iterator[Clocks]:
    """The clocks of these incidents as they stand at `as_of`, in parts of one metric and calendar version."""
    if not len(terms.target_ids):
        return
    versions = terms.versions.at(pair(incidents.services, incidents.organisations), incidents.opened)
    for metric, stops in enumerate((incidents.responded, incidents.resolved)):
        targets = terms.targets_of(versions, metric, incidents.impacts, incidents.priorities)
        calendars = terms.calendars.at(terms.target_calendars[targets], incidents.opened)
        calendars[targets == NONE] = NONE
        for calendar in np.unique(calendars[calendars != NONE]):
            rows = np.flatnonzero(calendars == calendar)
            yield timed(incidents, rows, stops[rows], targets[rows], int(calendar), terms, as_of)


def timed(
    incidents: Incidents, rows: Column, stops: Column, targets: Column, calendar: int, terms: Terms, as_of: int
) -> Clocks:
    work_time, opened = terms.work_times[calendar], incidents.opened[rows]
    seconds = terms.seconds_of(targets, opened, work_time)
    pauses = incidents.pauses.of_rows(rows, terms.target_pauses[targets])
    stopped = stops != FOREVER
    ends = np.maximum(opened, np.where(stopped, stops, as_of))
    due = work_time.due_many(opened, seconds, pauses.columns)
    decided = np.minimum(stops, due)
    known = decided <= as_of
    at_risk = np.full_like(due, FOREVER)
    running = np.flatnonzero(~known)  # few, so that a second search costs little
    used = seconds[running] * terms.target_risks[targets[running]] // HUNDRED
    own = pauses.of_rows(running, np.ones_like(running, dtype=bool))
    at_risk[running] = work_time.due_many(opened[running], used, own.columns)
    decided_months = np.full_like(decided, UNDECIDED)
    decided_months[known] = months(decided[known], terms.zone)
    target_ids, version_id = terms.target_ids[targets], terms.calendar_version_ids[calendar]
    return Clocks(
        rows=rows,
        target_ids=target_ids,
        calendar_version_ids=np.full_like(rows, version_id),
        work_at_start=work_time.elapsed_many(WORK_IS_COUNTED_FROM, opened),
        work_at_stop=np.where(stopped, work_time.elapsed_many(WORK_IS_COUNTED_FROM, ends), FOREVER),
        paused=work_time.paused_many(opened, ends, pauses.columns),
        due=due,
        at_risk=at_risk,
        stopped=stops,
        months=decided_months,
        met=stops <= due,
        digests=digests.of_rows(
            incidents.ids[rows], target_ids, version_id, opened, stops, seconds, digests.of_spans(*pauses.columns)
        ),
    )


def tally_of(clocks: Clocks, incidents: Incidents) -> Tally:
    """The decided ones, counted per cell."""
    decided = clocks.decided
    rows = clocks.rows[decided]
    return Tally(
        service_ids=incidents.services[rows],
        organisation_ids=incidents.organisations[rows],
        months=clocks.months[decided],
        target_ids=clocks.target_ids[decided],
        calendar_version_ids=clocks.calendar_version_ids[decided],
        counted=np.ones_like(rows),
        met=clocks.met[decided].astype(np.int64),
        digests=clocks.digests[decided],
    ).by_cell()
