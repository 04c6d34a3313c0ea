"""What an agreement has of that which its phase needs to be left, and what it lacks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from partnership.access import Role
from partnership.models import Organisation, RoleGrant
from services.models import Service
from sla.hours import without_hours
from sla.models import AgreementVersion, Evidence, Need, Party, Phase, ServiceAgreement
from sla.models.phases import FORWARD, NEEDS, WRITTEN


@dataclass(frozen=True)
class Standing:
    """A need, whether it is met, what meets it where that is written down, and otherwise who or what is missing."""

    need: Need
    is_met: bool
    evidence: Evidence | None = None
    lacking: tuple[object, ...] = ()


def ways_out(phase: Phase) -> tuple[Phase, ...]:
    """The phases that this one leads to."""
    return () if phase == Phase.ENDED else (*FORWARD[phase], Phase.ENDED)


def standing(agreement: ServiceAgreement, phase: Phase | None = None) -> list[Standing]:
    """Of everything that the agreement's phase needs, to go on to `phase` or to what follows it."""
    now = Phase(agreement.phase)
    needs = (Need.LAST_DAY,) if phase == Phase.ENDED else NEEDS[now]
    return [_standing(agreement, need) for need in needs]


def missing_for(agreement: ServiceAgreement, phase: Phase) -> list[object]:
    """What stands in the way of going to `phase`, in words."""
    if phase not in ways_out(Phase(agreement.phase)):
        return [_("another phase first")]
    return [one.need.label for one in standing(agreement, phase) if not one.is_met]


def _standing(agreement: ServiceAgreement, need: Need) -> Standing:
    if need in WRITTEN:
        evidence = agreement.evidence.select_related("by").filter(need=need).first()
        return Standing(need, evidence is not None, evidence)
    lacking = tuple(LACKS[need](agreement))
    return Standing(need, not lacking, lacking=lacking)


def _newest(agreement: ServiceAgreement) -> AgreementVersion | None:
    return agreement.versions.order_by("number").last()


def lacks_responsible(agreement: ServiceAgreement) -> bool:
    return agreement.responsible is None or not agreement.responsible.is_active


def _lacks_roles(agreement: ServiceAgreement) -> Iterator[object]:
    """Somebody responsible, and an order-placer of everyone covered."""
    if lacks_responsible(agreement):
        yield _("nobody is responsible for the agreement")
    newest = _newest(agreement)
    placed = RoleGrant.objects.current().filter(role=Role.ORDER_PLACER, user__is_active=True)
    covered = Organisation.objects.filter(coverage__version=newest).distinct()
    yield from covered.exclude(pk__in=placed.filter(organisation__isnull=False).values("organisation"))


def _lacks_calendar(agreement: ServiceAgreement) -> Iterator[object]:
    newest = _newest(agreement)
    if newest is None:
        yield _("no version")
    elif newest.first_day:
        yield from without_hours(newest, newest.first_day)


def _lacks_catalogue(agreement: ServiceAgreement) -> Iterable[object]:
    covered = Service.objects.filter(coverage__version=_newest(agreement)).distinct()
    return covered.exclude(pk__in=Service.objects.offered())


def _lacks_version(agreement: ServiceAgreement) -> Iterator[object]:
    if not agreement.versions.approved().lasting().exists():
        yield _("no version")


def _since(agreement: ServiceAgreement) -> date | None:
    change = agreement.phase_changes.first()
    return change.day if change else None


def _lacks_evaluation(agreement: ServiceAgreement) -> Iterator[object]:
    since = _since(agreement)
    held = set(agreement.evaluations.filter(held_on__gte=since).values_list("party", flat=True)) if since else set()
    for party in Party:
        if party not in held:
            yield party.label


def _lacks_follower(agreement: ServiceAgreement) -> Iterator[object]:
    since = _since(agreement)
    if since and not agreement.versions.approved().filter(approved_on__gte=since).exists():
        yield _("no version")


def _lacks_last_day(agreement: ServiceAgreement) -> Iterator[object]:
    if agreement.versions.approved().filter(period__upper_inf=True).exists():
        yield _("no last day")


LACKS: dict[Need, Callable[[ServiceAgreement], Iterable[object]]] = {
    Need.ROLES: _lacks_roles,
    Need.CALENDAR: _lacks_calendar,
    Need.CATALOGUE: _lacks_catalogue,
    Need.VERSION: _lacks_version,
    Need.EVALUATED: _lacks_evaluation,
    Need.FOLLOWED: _lacks_follower,
    Need.LAST_DAY: _lacks_last_day,
}
