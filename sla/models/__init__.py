from sla.models.agreements import (
    CLOCKED,
    AgreementVersion,
    Commitment,
    Coverage,
    Metric,
    Phase,
    ServiceAgreement,
    Target,
)
from sla.models.imports import (
    REST,
    Import,
    ImportMapping,
    ImportProblem,
    ImportState,
    ImportTouched,
    MappingKind,
    ProblemKind,
)
from sla.models.incidents import Incident, Pause
from sla.models.outages import Outage, OutageKind, OutageReach, Reclassification
from sla.models.results import Availability, CalculationRun, Clock, Compliance

__all__ = [
    "CLOCKED",
    "REST",
    "AgreementVersion",
    "Availability",
    "CalculationRun",
    "Clock",
    "Commitment",
    "Compliance",
    "Coverage",
    "Import",
    "ImportMapping",
    "ImportProblem",
    "ImportState",
    "ImportTouched",
    "Incident",
    "MappingKind",
    "Metric",
    "Outage",
    "OutageKind",
    "OutageReach",
    "Pause",
    "Phase",
    "ProblemKind",
    "Reclassification",
    "ServiceAgreement",
    "Target",
]
