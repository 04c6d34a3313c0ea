"""Where an agreement stands in its life, and what has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from partnership.models import User
from sla.models import Evaluation, Improvement, Phase, PhaseChange, ServiceAgreement
from sla.needs import Standing, standing
from sla.waiting import DueEvaluation, evaluations_due


@dataclass(frozen=True)
class Life:
    """`changes` are newest first. `needs` are told to those who may do something about them."""

    agreement: ServiceAgreement
    changes: Sequence[PhaseChange]
    needs: Sequence[Standing]
    evaluations: Sequence[Evaluation]
    due: Sequence[DueEvaluation]
    improvements: Sequence[Improvement]

    @property
    def phase(self) -> Phase:
        return Phase(self.agreement.phase)

    @property
    def visited(self) -> dict[Phase, PhaseChange]:
        """The newest change to each phase that the agreement has been in."""
        return {Phase(change.phase): change for change in reversed(self.changes)}

    @property
    def has_ended(self) -> bool:
        return self.phase == Phase.ENDED


def life_of(user: User, agreement: ServiceAgreement, *, can_manage: bool) -> Life:
    improvements = Improvement.objects.visible_to(user).filter(agreement=agreement)
    return Life(
        agreement=agreement,
        changes=list(agreement.phase_changes.select_related("by")),
        needs=standing(agreement) if can_manage else [],
        evaluations=list(agreement.evaluations.all()),
        due=evaluations_due(ServiceAgreement.objects.filter(pk=agreement.pk)),
        improvements=list(improvements.select_related("owner", "service", "organisation", "target__organisation")),
    )
