"""What stands behind one cell of the grid: the incidents that counted, month by month, and the rules they met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from partnership.models import Organisation, User
from services.models import CalendarVersion, Service
from sla.levels import Level
from sla.models import Clock, Compliance, Metric, Target
from sla.models.results import total
from sla.spans import Span

SHOWN = 8


@dataclass(frozen=True)
class MonthLine:
    """A month of the span and the clocks that were decided in it, oldest first."""

    month: date
    clocks: Sequence[Clock]

    @property
    def met(self) -> int:
        return sum(bool(clock.met) for clock in self.clocks)


@dataclass(frozen=True)
class Panel:
    """A service for an organisation in a month or quarter. `clocks` are in the order they were decided."""

    service: Service
    organisation: Organisation
    metric: Metric
    span: Span
    level: Level
    clocks: Sequence[Clock]

    @property
    def months(self) -> list[MonthLine]:
        decided = {month: list(clocks) for month, clocks in groupby(self.clocks, key=lambda clock: clock.month)}
        return [MonthLine(month, decided.get(month, [])) for month in self.span.months]

    @property
    def shown(self) -> Sequence[Clock]:
        """All of few; of many, the broken ones first and the newest of the others."""
        if len(self.clocks) <= SHOWN:
            return self.clocks
        newest_first = list(reversed(self.clocks))
        return sorted(newest_first, key=lambda clock: bool(clock.met))[:SHOWN]

    @cached_property
    def targets(self) -> list[Target]:
        """The targets that judged, by priority, the newest version first."""
        found = {clock.target_id: clock.target for clock in self.clocks}
        return sorted(found.values(), key=lambda target: (target.priority, target.impact or 0, -target.version.number))

    @property
    def missed(self) -> Target | None:
        """The target of the newest deadline that was broken."""
        return next((clock.target for clock in reversed(self.clocks) if clock.met is False), None)

    @property
    def calendar_versions(self) -> list[CalendarVersion]:
        return list({clock.calendar_version_id: clock.calendar_version for clock in reversed(self.clocks)}.values())


def panel(user: User, service: Service, organisation: Organisation, metric: Metric, span: Span) -> Panel:
    """What the reader may see of a cell, in two queries."""
    place = {"service": service, "organisation": organisation, "target__metric": metric}
    cells = Compliance.objects.visible_to(user).in_months(span.first, span.last).filter(**place)
    clocks = (
        Clock.objects.visible_to(user)
        .in_months(span.first, span.last)
        .filter(**place)
        .select_related("incident", "target__version__agreement", "calendar_version__calendar")
    )
    ordered = sorted(clocks, key=lambda clock: (clock.decided, clock.incident_id))
    return Panel(service, organisation, metric, span, total(cells), ordered)
