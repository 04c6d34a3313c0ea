from sla.models.agreements import AgreementVersion, Commitment, Coverage, Metric, Phase, ServiceAgreement, Target
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
from sla.models.results import CalculationRun, Clock, Compliance

__all__ = [
    "REST",
    "AgreementVersion",
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
    "Pause",
    "Phase",
    "ProblemKind",
    "ServiceAgreement",
    "Target",
]
