from sla.models.agreements import AgreementVersion, Commitment, Coverage, Metric, Phase, ServiceAgreement, Target
from sla.models.incidents import Incident, Pause

__all__ = [
    "AgreementVersion",
    "Commitment",
    "Coverage",
    "Incident",
    "Metric",
    "Pause",
    "Phase",
    "ServiceAgreement",
    "Target",
]
