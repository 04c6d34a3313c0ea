"""What a report says of service levels: exact counts and names in every language, ready to be frozen as JSON."""

from dataclasses import dataclass
from datetime import date, datetime

from partnership.translated import Names
from sla.levels import Level, Status

NOTHING = Level()
WORST_FIRST = (Status.NOT_GOOD_ENOUGH, Status.GOOD_ENOUGH, Status.ON_TARGET, Status.NOT_MEASURED)


@dataclass(frozen=True)
class Promises:
    """How the promises of an answer and of a solution were kept, over some span and some rows."""

    response: Level = NOTHING
    resolution: Level = NOTHING

    def __add__(self, other: "Promises") -> "Promises":
        return Promises(self.response + other.response, self.resolution + other.resolution)

    @property
    def status(self) -> Status:
        """The worse of the two that were measured."""
        found = {self.response.status, self.resolution.status}
        return next(status for status in WORST_FIRST if status in found)

    @property
    def missed(self) -> int:
        """Deadlines broken, of answers and of solutions."""
        return self.response.counted - self.response.met + self.resolution.counted - self.resolution.met


@dataclass(frozen=True)
class ServiceFigures:
    """One service over all owners. `quarters` and `months` follow those of ServiceLevels; the last quarter is now."""

    id: int
    code: str
    name: Names
    is_critical: bool
    quarters: tuple[Promises, ...]
    months: tuple[Promises, ...]

    @property
    def now(self) -> Promises:
        return self.quarters[-1]


@dataclass(frozen=True)
class OwnerFigures:
    """One owner over all services; `services` follows those of ServiceLevels, for the quarter reported on."""

    id: int
    name: str
    population: int
    quarters: tuple[Promises, ...]
    services: tuple[Promises, ...]

    @property
    def now(self) -> Promises:
        return self.quarters[-1]


@dataclass(frozen=True)
class IncidentCounts:
    """Incidents in a quarter. Without agreement: reported when nothing was promised for that service and owner."""

    reported: int
    solved: int
    open_at_end: int
    overdue_at_end: int
    without_agreement: int


@dataclass(frozen=True)
class PriorityFigures:
    """Incidents of one priority: working seconds to a solution, without the pauses, of those solved in the quarter."""

    priority: int
    now: Promises
    solved: int
    median_seconds: int | None
    ninth_decile_seconds: int | None


@dataclass(frozen=True)
class CalendarUsed:
    name: str
    number: int


@dataclass(frozen=True)
class VersionUsed:
    """A version of an agreement, with its opening hours, that some incident of the quarter was judged by."""

    agreement: str
    number: int
    first_day: date | None
    last_day: date | None
    calendars: tuple[CalendarUsed, ...]
    incidents: int


@dataclass(frozen=True)
class Source:
    """A service desk that incidents came from."""

    name: str
    incidents: int
    newest: datetime


@dataclass(frozen=True)
class ServiceLevels:
    """Everything a report says of service levels. Services and owners in the order they are shown in."""

    quarters: tuple[str, ...]
    months: tuple[date, ...]
    total: tuple[Promises, ...]
    monthly: tuple[Promises, ...]
    services: tuple[ServiceFigures, ...]
    owners: tuple[OwnerFigures, ...]
    incidents: tuple[IncidentCounts, ...]
    open_at_cut_off: int
    overdue_at_cut_off: int
    priorities: tuple[PriorityFigures, ...]
    versions: tuple[VersionUsed, ...]
    sources: tuple[Source, ...]

    @property
    def now(self) -> Promises:
        return self.total[-1]

    @property
    def measured(self) -> tuple[ServiceFigures, ...]:
        return tuple(service for service in self.services if service.now.status != Status.NOT_MEASURED)

    @property
    def failing(self) -> tuple[ServiceFigures, ...]:
        """Services that are not good enough, the one with most broken deadlines first."""
        poor = [service for service in self.services if service.now.status == Status.NOT_GOOD_ENOUGH]
        return tuple(sorted(poor, key=lambda service: -service.now.missed))
