"""Who may do what. Two questions: which rows exist for you (`visible_to`), and may you do this here (`require`).

One enum of roles, one of permissions, one table of grants; a role is held in one organisation or in the whole
partnership (organisation empty). Everything not granted here is refused.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from partnership.models import Organisation, User


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("administrator")
    MEETING_SECRETARY = "meeting_secretary", _("meeting secretary")
    ECONOMIST = "economist", _("economist")
    SERVICE_MANAGER = "service_manager", _("service manager")
    ORDER_PLACER = "order_placer", _("order-placer")
    APPROVER = "approver", _("approver")
    SYSTEM_OWNER = "system_owner", _("system owner")
    LOCAL_ICT_CONTACT = "local_ict_contact", _("local ICT contact")
    BENEFIT_OWNER = "benefit_owner", _("benefit owner")
    BOARD_MEMBER = "board_member", _("board member")
    MUNICIPAL_READER = "municipal_reader", _("municipal reader")
    AUDITOR = "auditor", _("auditor")
    INTEGRATION = "integration", _("integration")


class Permission(models.TextChoices):
    SEE_PARTNERSHIP = "see_partnership", _("see owners, shares and the service catalogue")
    MANAGE_PARTNERSHIP = "manage_partnership", _("change the partnership, its owners and their shares")
    SEE_PEOPLE = "see_people", _("see people and their roles")
    MANAGE_PEOPLE = "manage_people", _("add people and give them roles")
    MANAGE_CATALOGUE = "manage_catalogue", _("change services, calendars and subscriptions")
    SEE_SERVICE_LEVELS = "see_service_levels", _("see agreements, incidents and service levels")
    MANAGE_AGREEMENTS = "manage_agreements", _("change agreements and targets")
    IMPORT_INCIDENTS = "import_incidents", _("import incidents and calculate service levels")
    MANAGE_OUTAGES = "manage_outages", _("register outages and planned work, and say afterwards what was planned")
    USE_API = "use_api", _("make tokens for systems that use the API")
    SEE_REPORTS = "see_reports", _("read published board reports")
    PREPARE_REPORTS = "prepare_reports", _("draft, comment and publish board reports")
    SEE_BENEFITS = "see_benefits", _("see goals, benefits and their measurements")
    MEASURE_BENEFITS = "measure_benefits", _("register and correct measurements of benefits")
    MANAGE_BENEFITS = "manage_benefits", _("change goals, benefits, baselines and targets")
    SEE_BODIES = "see_bodies", _("see bodies, seats and resolutions")
    MANAGE_MEETINGS = "manage_meetings", _("change bodies and seats, hold meetings and write minutes")
    SEE_ORDERS = "see_orders", _("see orders")
    PLACE_ORDERS = "place_orders", _("place orders for a municipality")
    APPROVE_ORDERS = "approve_orders", _("approve orders of a municipality")
    HANDLE_ORDERS = "handle_orders", _("promise, do and deliver what is ordered")


P, R = Permission, Role
MUNICIPALITYS_OWN = frozenset({P.PLACE_ORDERS, P.APPROVE_ORDERS})
"""Who orders binds the municipality, which only its own people do: no administrator of the partnership may."""
READS = frozenset({P.SEE_PARTNERSHIP, P.SEE_SERVICE_LEVELS, P.SEE_BENEFITS, P.SEE_BODIES})

GRANTS: dict[Role, frozenset[Permission]] = {
    R.ADMINISTRATOR: frozenset(Permission) - MUNICIPALITYS_OWN,
    R.MEETING_SECRETARY: READS | {P.SEE_PEOPLE, P.SEE_REPORTS, P.PREPARE_REPORTS, P.MANAGE_MEETINGS},
    R.ECONOMIST: READS | {P.SEE_REPORTS, P.SEE_ORDERS},
    R.SERVICE_MANAGER: READS
    | {P.MANAGE_CATALOGUE, P.MANAGE_AGREEMENTS, P.IMPORT_INCIDENTS, P.MANAGE_OUTAGES, P.SEE_REPORTS, P.USE_API}
    | {P.SEE_ORDERS, P.HANDLE_ORDERS},
    R.ORDER_PLACER: READS | {P.SEE_ORDERS, P.PLACE_ORDERS},
    R.APPROVER: READS | {P.SEE_ORDERS, P.APPROVE_ORDERS},
    R.SYSTEM_OWNER: READS | {P.SEE_ORDERS},
    R.LOCAL_ICT_CONTACT: READS | {P.SEE_ORDERS},
    R.BENEFIT_OWNER: READS | {P.MEASURE_BENEFITS},
    R.BOARD_MEMBER: READS | {P.SEE_REPORTS},
    R.MUNICIPAL_READER: READS | {P.SEE_ORDERS},
    R.AUDITOR: READS | {P.SEE_PEOPLE, P.SEE_REPORTS, P.SEE_ORDERS},
    R.INTEGRATION: READS | {P.IMPORT_INCIDENTS, P.MEASURE_BENEFITS, P.USE_API},
}


def roles_with(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role, permissions in GRANTS.items() if permission in permissions)


def holds(user: "User | AnonymousUser", permission: Permission, organisation: "Organisation | None" = None) -> bool:
    """May this person do this here? Without an organisation: in the whole partnership."""
    return any(
        permission in GRANTS[Role(grant.role)] and grant.reaches(organisation) for grant in _current_grants(user)
    )


def holds_anywhere(user: "User | AnonymousUser", permission: Permission) -> bool:
    return any(permission in GRANTS[Role(grant.role)] for grant in _current_grants(user))


def require(user: "User | AnonymousUser", permission: Permission, organisation: "Organisation | None" = None) -> None:
    """403 unless the person may do this here."""
    if not holds(user, permission, organisation):
        raise PermissionDenied


def require_anywhere(user: "User | AnonymousUser", permission: Permission) -> None:
    """403 unless the person may do this in some organisation; the rows are then chosen by `visible_to`."""
    if not holds_anywhere(user, permission):
        raise PermissionDenied


def reach(user: "User | AnonymousUser", permission: Permission) -> frozenset[int] | None:
    """The organisations where the person may do this, by id; None is every one of them."""
    grants = [grant for grant in _current_grants(user) if permission in GRANTS[Role(grant.role)]]
    if any(grant.organisation_id is None for grant in grants):
        return None
    return frozenset(grant.organisation_id for grant in grants)


def _current_grants(user: "User | AnonymousUser") -> Iterable:
    return user.current_grants if user.is_authenticated else ()


class TenantQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that belong to an organisation. `organisation_path` leads to it, `seen_with` opens it."""

    organisation_path = "organisation"
    seen_with = Permission.SEE_PARTNERSHIP

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        organisations = reach(user, self.seen_with)
        if organisations is None:
            return self.all()
        return self.filter(**{f"{self.organisation_path}__in": organisations})


class SharedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of the whole partnership, such as the catalogue: all or none of them exist for you."""

    seen_with = Permission.SEE_PARTNERSHIP

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.all() if holds_anywhere(user, self.seen_with) else self.none()
