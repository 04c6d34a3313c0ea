"""What the pages of the partnership say in numbers and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import formats
from partnership.access import GRANTS, Permission, Role
from partnership.models.cooperation import WHOLE


@dataclass(frozen=True)
class ShareTotal:
    """The sum of the owners' shares on a day, in per cent, as recorded."""

    owners: int
    population: int
    ownership: Decimal
    liability: Decimal
    unrecorded: int

    def sentences(self, language: str) -> list[str]:
        """What does not add up, in words; nothing when all does."""
        if self.ownership == self.liability:
            sums = [_gap(_("The shares"), self.ownership, language)]
        else:
            sums = [
                _gap(_("The ownership shares"), self.ownership, language),
                _gap(_("The liability shares"), self.liability, language),
            ]
        return [sentence for sentence in [_unrecorded(self.unrecorded), *sums] if sentence]


def share_total(owners: Iterable[Any]) -> ShareTotal:
    """`owners` are participations from `Participation.objects.with_shares_on(day)` with their municipalities."""
    rows = list(owners)
    recorded = [row for row in rows if row.ownership_share is not None]
    municipalities = [row.organisation.municipality for row in rows if row.organisation.municipality]
    return ShareTotal(
        owners=len(rows),
        population=sum(municipality.population for municipality in municipalities),
        ownership=sum((row.ownership_share for row in recorded), Decimal(0)),
        liability=sum((row.liability_share for row in recorded), Decimal(0)),
        unrecorded=len(rows) - len(recorded),
    )


def _unrecorded(count: int) -> str:
    words = ngettext("%(count)s owner has no recorded share.", "%(count)s owners have no recorded share.", count)
    return words % {"count": count} if count else ""


def _gap(what: str, total: Decimal, language: str) -> str:
    if total == WHOLE:
        return ""
    words = (
        _("%(what)s add up to %(sum)s %%, %(gap)s percentage points too little.")
        if total < WHOLE
        else _("%(what)s add up to %(sum)s %%, %(gap)s percentage points too much.")
    )
    gap = abs(total - WHOLE)
    return words % {"what": what, "sum": written(total, language), "gap": written(gap, language)}


def written(share: Decimal, language: str) -> str:
    """With the decimals it needs and no more: 12,5 and 100."""
    return formats.number(share.normalize(), language)


@dataclass(frozen=True)
class GrantRow:
    """Who may do one thing: a tick for each role, in the order of the enum."""

    permission: Permission
    ticks: tuple[bool, ...]


def grant_rows() -> list[GrantRow]:
    return [GrantRow(permission, tuple(permission in GRANTS[role] for role in Role)) for permission in Permission]
