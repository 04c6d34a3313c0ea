"""What the pages of the partnership say in numbers and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kit import formats
from partnership.access import GRANTS, Permission, Role
from partnership.models.cooperation import WHOLE, Participation


@dataclass(frozen=True)
class ShareTotal:
    """The sum of the owners' shares on a day, in per cent, as recorded."""

    owners: int
    population: int
    ownership: Decimal
    liability: Decimal
    unrecorded: int

    @property
    def is_whole(self) -> bool:
        return self.ownership == self.liability == WHOLE

    def sentences(self, language: str) -> list[str]:
        """What does not add up, in words; nothing when all does."""
        sums = [
            _gap(_("The ownership shares"), self.ownership, language),
            _gap(_("The liability shares"), self.liability, language),
        ]
        return [sentence for sentence in sums if sentence]


def share_total(owners: Iterable[Participation]) -> ShareTotal:
    """`owners` come from `Participation.objects.with_shares_on(day)` with their municipalities."""
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
    """What one role may do: a tick for each permission, in the order of the enum."""

    role: Role
    ticks: tuple[bool, ...]


def grant_rows() -> list[GrantRow]:
    return [GrantRow(role, tuple(permission in GRANTS[role] for permission in Permission)) for role in Role]
