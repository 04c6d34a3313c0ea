"""An agreement in some phase, for the tests of its life."""

from datetime import date

from sla.actions.improvements import write_evaluation
from sla.models import Evaluation, Party, Phase, PhaseChange, ServiceAgreement
from tests import make


def put(agreement: ServiceAgreement, phase: Phase, day: date = make.LONG_AGO) -> None:
    agreement.phase = phase
    agreement.save()
    PhaseChange.objects.create(agreement=agreement, phase=phase, day=day)


def evaluated(agreement: ServiceAgreement, party: Party, day: date) -> Evaluation:
    return write_evaluation(
        agreement=agreement, party=party, held_on=day, findings="Godt.", conclusion="continue", resolution="", by=None
    )
