from sla.models.agreements import AgreementVersion, Coverage, Phase, ServiceAgreement, Stage
from sla.models.changes import ChangedFigure
from sla.models.credits import Credit, CreditLine, CreditState, CreditStep
from sla.models.imports import (
    REST,
    Import,
    ImportLayout,
    ImportMapping,
    ImportProblem,
    ImportState,
    ImportTouched,
    MappingKind,
    ProblemKind,
)
from sla.models.improvements import Conclusion, Evaluation, Improvement, Party, Reminder
from sla.models.inbox import InboxMessage, InboxState, MonitoredThing, Sender
from sla.models.incidents import Impact, Incident, Pause
from sla.models.outages import Outage, OutageKind, OutageReach, Reclassification
from sla.models.phases import Evidence, Need, PhaseChange
from sla.models.results import Availability, CalculationRun, Clock, Compliance
from sla.models.targets import CLOCKED, MONTHLY, Commitment, Metric, Target
from sla.models.warnings import DeadlineNotice, Warned

__all__ = [
    "CLOCKED",
    "MONTHLY",
    "REST",
    "AgreementVersion",
    "Availability",
    "CalculationRun",
    "ChangedFigure",
    "Clock",
    "Commitment",
    "Compliance",
    "Conclusion",
    "Coverage",
    "Credit",
    "CreditLine",
    "CreditState",
    "CreditStep",
    "DeadlineNotice",
    "Evaluation",
    "Evidence",
    "Impact",
    "Import",
    "ImportLayout",
    "ImportMapping",
    "ImportProblem",
    "ImportState",
    "ImportTouched",
    "Improvement",
    "InboxMessage",
    "InboxState",
    "Incident",
    "MappingKind",
    "Metric",
    "MonitoredThing",
    "Need",
    "Outage",
    "OutageKind",
    "OutageReach",
    "Party",
    "Pause",
    "Phase",
    "PhaseChange",
    "ProblemKind",
    "Reclassification",
    "Reminder",
    "Sender",
    "ServiceAgreement",
    "Stage",
    "Target",
    "Warned",
]
