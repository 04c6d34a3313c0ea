"""What waits for somebody because of agreements: evaluations that are due, and improvements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from partnership.models import Body
from sla.models import AgreementVersion, Evaluation, Improvement, Party, Phase, PhaseChange, ServiceAgreement, Stage

NOTICE = timedelta(days=30)
"""So long before it is due one is reminded of an evaluation."""
EVALUATED = (Phase.OPERATION, Phase.EVALUATION)
"""The phases of an agreement that is evaluated every year."""


@dataclass(frozen=True)
class DueEvaluation:
    """`last` is when this party evaluated last, or None where it never has."""

    agreement: ServiceAgreement
    party: Party
    last: date | None
    due: date

    @property
    def is_overdue(self) -> bool:
        return self.due < timezone.localdate()


def evaluations_due(agreements: QuerySet[ServiceAgreement], until: date | None = None) -> list[DueEvaluation]:
    """By the day they are due, until that day; in three queries. Of an agreement that is not in operation, none."""
    rows = agreements.filter(phase__in=EVALUATED).prefetch_related(
        Prefetch("evaluations", Evaluation.objects.order_by("held_on"), to_attr="held"),
        Prefetch("phase_changes", PhaseChange.objects.order_by("day", "pk"), to_attr="changes"),
    )
    found = (one for agreement in rows for one in _due(agreement))
    return sorted((one for one in found if until is None or one.due <= until), key=lambda one: one.due)


def _due(agreement: Any) -> Iterator[DueEvaluation]:
    """A year after the last, or after the agreement came into operation."""
    begun = next((change.day for change in agreement.changes if change.phase == Phase.OPERATION), None)
    for party in Party:
        last = next((one.held_on for one in reversed(agreement.held) if one.party == party), None)
        if since := last or begun:
            yield DueEvaluation(agreement, party, last, a_year_after(since))


def a_year_after(day: date) -> date:
    """The same day of the next year; the last of February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def soon() -> date:
    return timezone.localdate() + NOTICE


def proposals_to(bodies: QuerySet[Body], user: Any) -> QuerySet[AgreementVersion]:
    """Versions that wait for a decision of one of these bodies, the one meant to hold first at the top."""
    proposed = AgreementVersion.objects.visible_to(user).filter(stage=Stage.PROPOSED, proposed_to__in=bodies)
    return proposed.select_related("agreement", "proposed_to").order_by("planned_day", "pk")


def open_improvements(user: Any) -> QuerySet[Improvement]:
    """The person's own, the most urgent first."""
    return Improvement.objects.open().filter(owner=user.pk).select_related("agreement", "service", "organisation")
