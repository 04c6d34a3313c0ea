from partnership.models.bodies import Body, BodyKind, Seat, SeatRole
from partnership.models.cooperation import LegalForm, LegalFormPeriod, Participation, Partnership, ShareVersion
from partnership.models.jobs import Job, JobState
from partnership.models.meetings import (
    AgendaItem,
    Attendance,
    Disqualification,
    Meeting,
    MeetingState,
    Minutes,
    Presence,
)
from partnership.models.organisations import LanguageForm, Municipality, Organisation, OrganisationKind
from partnership.models.people import RoleGrant, User
from partnership.models.resolutions import FollowUp, Resolution
from partnership.models.tokens import ApiToken

__all__ = [
    "AgendaItem",
    "ApiToken",
    "Attendance",
    "Body",
    "BodyKind",
    "Disqualification",
    "FollowUp",
    "Job",
    "JobState",
    "LanguageForm",
    "LegalForm",
    "LegalFormPeriod",
    "Meeting",
    "MeetingState",
    "Minutes",
    "Municipality",
    "Organisation",
    "OrganisationKind",
    "Participation",
    "Partnership",
    "Presence",
    "Resolution",
    "RoleGrant",
    "Seat",
    "SeatRole",
    "ShareVersion",
    "User",
]
