from sla.models.agreements import AgreementVersion, Commitment, Coverage, Metric, Phase, ServiceAgreement, Target
from sla.models.incidents import Incident, Pause
from sla.models.results import CalculationRun, Clock, Compliance

__all__ = [
    "AgreementVersion",
    "CalculationRun",
    "Clock",
    "Commitment",
    "Compliance",
    "Coverage",
    "Incident",
    "Metric",
    "Pause",
    "Phase",
    "ServiceAgreement",
    "Target",
]
