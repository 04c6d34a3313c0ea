"""What the home page says to this person today: what waits, a few figures, and what her role is there for.

Whoever runs the services sees the owners side by side; whoever belongs to one municipality sees how it is served;
whoever answers for the whole sees what the newest report found.
"""

from dataclasses import dataclass, field

from partnership import access
from partnership.access import Permission
from partnership.models import User
from portal.home.figures import figures_for
from portal.home.ordering import Tile, tiles_for
from portal.home.parts import (
    FaultRow,
    OwnerRow,
    Report,
    ServiceRow,
    faults_for,
    notices_for,
    owners_for,
    report_for,
    services_for,
)
from portal.home.running import running_for
from portal.home.task import Task
from portal.home.tasks import tasks_for
from sla.words.notices import Told

AT_MOST = 5

__all__ = ["Home", "home_for"]


@dataclass(frozen=True)
class Home:
    """`is_operator`: this person answers for what goes out to the owners, not for what comes to one of them."""

    tasks: list[Task] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    figures: list = field(default_factory=list)
    owners: list[OwnerRow] = field(default_factory=list)
    faults: list[FaultRow] | None = None
    services: list[ServiceRow] = field(default_factory=list)
    report: Report | None = None
    notices: list[Told] = field(default_factory=list)
    is_operator: bool = False


def home_for(user: User) -> Home:
    if not access.holds_anywhere(user, Permission.SEE_SERVICE_LEVELS):
        return Home()
    running = running_for(user)
    sees_all = access.reach(user, Permission.SEE_SERVICE_LEVELS) is None
    is_operator = access.holds(user, Permission.IMPORT_INCIDENTS)
    return Home(
        tasks=list(tasks_for(user, running))[:AT_MOST],
        tiles=list(tiles_for(user)),
        figures=list(figures_for(user, running, is_operator=is_operator or not sees_all))[:AT_MOST],
        owners=owners_for(user) if sees_all else [],
        faults=None if sees_all else faults_for(user),
        services=[] if sees_all else services_for(user),
        report=report_for(user, is_brief=is_operator),
        notices=notices_for(user),
        is_operator=is_operator,
    )
