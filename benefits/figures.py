"""What a page says of a benefit: its shares as they stand, and their sum where they can be added."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from benefits.arithmetic import Effect, Status
from benefits.ledger import Ledger
from benefits.models import Benefit, BenefitShare, Measurement
from benefits.querysets import LANGUAGES
from kit.closeness import closeness
from kit.quarters import Quarter
from partnership.models import User

QUARTERS_SHOWN = 12
HITS = 20
NO_EFFECT = Effect()


@dataclass(frozen=True)
class QuarterEffect:
    """What had been realised when a quarter ended."""

    quarter: Quarter
    effect: Effect


@dataclass(frozen=True)
class BenefitFigures:
    """A benefit as one reader may see it: `shares` carry their standing, in the order of their owners."""

    benefit: Benefit
    shares: Sequence[BenefitShare]
    quarters: Sequence[QuarterEffect]

    @property
    def total(self) -> Effect | None:
        """None where the unit cannot be added up."""
        return total(self.shares) if self.benefit.is_additive else None

    @property
    def counts(self) -> Counter[Status]:
        return Counter(Status(share.standing) for share in self.shares)


def total(shares: Sequence[BenefitShare]) -> Effect:
    return sum((Effect.of(share.way, share.newest_value) for share in shares), NO_EFFECT)


def figures_of(user: User, benefit: Benefit) -> BenefitFigures:
    """What the reader may see of a benefit, in two queries."""
    shares = list(
        BenefitShare.objects.visible_to(user)
        .filter(benefit=benefit)
        .standing()
        .with_due_day()
        .select_related("organisation", "owner", "benefit")
    )
    return BenefitFigures(benefit, shares, _quarters(shares) if benefit.is_additive and shares else [])


def _quarters(shares: Sequence[BenefitShare]) -> list[QuarterEffect]:
    """From the quarter of the first baseline, at most three years back."""
    ledger, today = Ledger.of(shares), timezone.localdate()
    first = min((share.baseline_on for share in shares if share.baseline_on), default=today)
    recent = Quarter.of(today).ending_here(QUARTERS_SHOWN)
    return [
        QuarterEffect(quarter, _effect(ledger, shares, min(quarter.last, today)))
        for quarter in recent
        if quarter.last >= first
    ]


def _effect(ledger: Ledger, shares: Sequence[BenefitShare], day: date) -> Effect:
    return sum((ledger.effect(share, day) for share in shares), NO_EFFECT)


def measurements_of(share: BenefitShare) -> list[Measurement]:
    """Newest day first, what holds before what it corrected."""
    rows = share.measurements.select_related("by", "corrected_by__by")
    return list(rows.order_by("-day", "-is_current", "-pk"))


def find_benefits(user: User, text: str) -> QuerySet[Benefit]:
    """Benefits she may see whose code, name or indicator holds the text, the closest first; at most twenty."""
    wanted = text.replace("\0", "").strip()
    if not wanted:
        return Benefit.objects.none()
    closest = closeness(wanted, "code", *(f"name_{language}" for language in LANGUAGES))
    return Benefit.objects.visible_to(user).matching(wanted).order_by(closest, "code")[:HITS]
