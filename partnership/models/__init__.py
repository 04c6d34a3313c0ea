from partnership.models.cooperation import LegalForm, LegalFormPeriod, Participation, Partnership, ShareVersion
from partnership.models.jobs import Job, JobState
from partnership.models.organisations import LanguageForm, Municipality, Organisation, OrganisationKind
from partnership.models.people import RoleGrant, User
from partnership.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Job",
    "JobState",
    "LanguageForm",
    "LegalForm",
    "LegalFormPeriod",
    "Municipality",
    "Organisation",
    "OrganisationKind",
    "Participation",
    "Partnership",
    "RoleGrant",
    "ShareVersion",
    "User",
]
