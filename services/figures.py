"""What the pages of the catalogue say: the five groups, who has what on a day, how a service has lived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.events import actor_of, events_of
from partnership.models import Organisation, User
from services.models import ProductGroup, Service, Stage, Subscription

MEANINGS = {
    ProductGroup.PROCUREMENT: _("What we buy together: paid as it costs, with a mark-up that is shown."),
    ProductGroup.INFRASTRUCTURE: _("What everything runs on: a fixed price a year, shared by a key."),
    ProductGroup.OPERATIONS: _("What we run for you: a price for what you use, with an agreed service level."),
    ProductGroup.PROCESSES: _("Help to work in better ways: by the hour, within the year's agreed hours."),
    ProductGroup.DEVELOPMENT: _("New things made together: an agreed price and milestones, and you choose to join."),
}


@dataclass(frozen=True)
class GroupLine:
    group: ProductGroup
    meaning: Any
    services: int


def group_lines(services: QuerySet[Service]) -> list[GroupLine]:
    """The five product groups and how many of the services lie in each."""
    counted = dict(services.order_by().values_list("group").annotate(Count("pk")))
    return [GroupLine(group, MEANINGS[group], counted.get(group, 0)) for group in ProductGroup]


@dataclass(frozen=True)
class MatrixCell:
    """Whether an organisation has a service, and whether the reader may change that."""

    organisation: Organisation
    subscription: Subscription | None
    can_manage: bool


@dataclass(frozen=True)
class MatrixRow:
    service: Service
    cells: Sequence[MatrixCell]

    @property
    def holders(self) -> int:
        return sum(cell.subscription is not None for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    organisations: Sequence[Organisation]
    rows: Sequence[MatrixRow]

    @property
    def subscriptions(self) -> int:
        return sum(row.holders for row in self.rows)


def matrix(user: User, day: date) -> Matrix:
    """Who has what on a day: the offered services, and others that somebody has, against the owners one may see."""
    subscriptions = Subscription.objects.visible_to(user).on(day)
    held = {(row.service_id, row.organisation_id): row for row in subscriptions}
    services = Service.objects.visible_to(user).filter(
        Q(stage__in=[Stage.OFFERED, Stage.CLOSING]) | Q(pk__in={service for service, _organisation in held})
    )
    owners = _owners(user, day, {organisation for _service, organisation in held})
    manageable = access.reach(user, Permission.MANAGE_CATALOGUE)
    return Matrix(
        owners,
        [
            MatrixRow(
                service,
                [
                    MatrixCell(owner, held.get((service.pk, owner.pk)), manageable is None or owner.pk in manageable)
                    for owner in owners
                ],
            )
            for service in services
        ],
    )


def _owners(user: User, day: date, holders: set[int]) -> list[Organisation]:
    """The partnership's owners on the day, and others that have a service."""
    owners = Organisation.objects.visible_to(user).filter(Q(participations__period__contains=day) | Q(pk__in=holders))
    return list(owners.distinct())


@dataclass(frozen=True)
class StageStep:
    """A stage that the service came to; `by` is empty where no person stood behind."""

    stage: str
    when: datetime
    by: str


def life_of(service: Service) -> list[StageStep]:
    """The stages of a service from the newest back, out of the history that the database keeps."""
    steps: list[Any] = []
    for event in events_of("services", "Service").filter(pgh_obj=service.pk).order_by("pgh_id"):
        if not steps or steps[-1].stage != event.stage:
            steps.append(event)
    names = _names(steps)
    return [
        StageStep(str(Stage(event.stage).label), event.pgh_created_at, names.get(actor_of(event), ""))
        for event in reversed(steps)
    ]


def _names(events: Iterable[Any]) -> dict[Any, str]:
    people = {actor_of(event) for event in events} - {None}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
