"""The whole sheet of a version: what is typed of it, a line per target, a matrix of services and organisations."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from partnership.models import Organisation, User
from services.models import Service
from sla.actions.versions import Content
from sla.figures.agreements import Edition
from sla.forms.agreements import VersionForm
from sla.forms.target_sheet import TargetSheet
from sla.querysets import Pair


@dataclass(frozen=True)
class Tick:
    """One box of the matrix."""

    value: str
    label: str
    is_ticked: bool


class AgreementSheet(TargetSheet):
    """`edition` is the version it starts as a copy of."""

    form: VersionForm

    def __init__(
        self, data: Any, *, user: User, edition: Edition | None = None, form_class: type[VersionForm] = VersionForm
    ) -> None:
        self.services = _services(user, edition)
        self.organisations = _organisations(user, edition)
        pairs = [written((one.pk, place.pk)) for one in self.services for place in self.organisations]
        form = form_class(data, initial=_typed(edition) if edition else {}, pairs=pairs)
        super().__init__(
            data,
            form=form,
            user=user,
            targets=edition.of() if edition else {},
            lead_times=edition.lead_times() if edition else {},
            services=self.services,
        )

    def perform(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """What the action gives back; None when the sheet or the action refused it."""

        def act(**typed: Any) -> Any:
            named = {name: typed[name] for name in ("name", "first_day") if name in typed}
            return action(**named, content=self.content(typed), **arguments)

        return super().perform(act)

    def content(self, typed: dict[str, Any]) -> Content:
        return Content(
            calendar=typed["calendar"],
            pairs=[read(pair) for pair in typed["covered"]],
            promises=self.promises(),
        )

    @property
    def fields(self) -> list[forms.BoundField]:
        """What comes before the table and the matrix."""
        return [field for field in self.form if field.name != "covered"]

    @cached_property
    def matrix(self) -> list[tuple[Service, list[Tick]]]:
        ticked = set(self.form["covered"].value() or [])
        return [
            (service, [self._tick(service, place, ticked) for place in self.organisations]) for service in self.services
        ]

    @staticmethod
    def _tick(service: Service, place: Organisation, ticked: set[str]) -> Tick:
        value = written((service.pk, place.pk))
        return Tick(value, f"{service}, {place}", value in ticked)


def written(pair: Pair) -> str:
    return f"{pair[0]}-{pair[1]}"


def read(value: str) -> Pair:
    service, organisation = value.split("-")
    return int(service), int(organisation)


def _typed(edition: Edition) -> dict[str, Any]:
    """The draft as it stands; of a version that is approved, a copy for another day."""
    version = edition.version
    day = {} if version.is_approved else {"first_day": version.planned_day}
    return day | {"calendar": version.calendar_id, "covered": [written(pair) for pair in edition.pairs]}


def _services(user: User, edition: Edition | None) -> list[Service]:
    """Those offered, and those covered already."""
    covered = {row.service_id for row in edition.coverage} if edition else set()
    offered = Service.objects.visible_to(user).offered().values("pk")
    return list(Service.objects.visible_to(user).filter(Q(pk__in=offered) | Q(pk__in=covered)))


def _organisations(user: User, edition: Edition | None) -> list[Organisation]:
    """The owners of today and later, and those covered already."""
    covered = {row.organisation_id for row in edition.coverage} if edition else set()
    today = timezone.localdate()
    owners = Q(participations__period__contains=today) | Q(participations__period__startswith__gt=today)
    return list(Organisation.objects.visible_to(user).filter(owners | Q(pk__in=covered)).distinct())
