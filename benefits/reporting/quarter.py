"""A quarter of benefits, reckoned from the measurements that hold, in three queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits.arithmetic import Effect, Status, Way, percent
from benefits.ledger import Ledger
from benefits.models import BenefitShare, Goal, Type
from benefits.models.register import ADDITIVE, UNIT_OF
from benefits.reporting.shapes import (
    NO_COUNTS,
    NO_EFFECT,
    Benefits,
    Counts,
    Deviation,
    OwnerFigures,
    TypeFigures,
    Unmeasured,
)
from kit.quarters import Quarter
from partnership.models import Organisation
from partnership.translated import LANGUAGES, Names, in_language

QUARTERS = 8
DEVIATIONS = 3


def benefits_for(
    quarter: Quarter, *, owner: Organisation | None = None, quarters: int = QUARTERS, until: date | None = None
) -> Benefits:
    """The benefits of all owners, or of one, when the quarter ended, with the quarters before it.

    `until` is the last day that is known, where the quarter is still running.
    """
    shares = _shares(owner)
    span = quarter.ending_here(quarters)
    last = min(quarter.last, until or quarter.last)
    book = Book(shares, Ledger.of(shares), [*(one.last for one in span[:-1]), last])
    return Benefits(
        quarters=tuple(str(one) for one in span),
        goals=Goal.objects.count(),
        types=tuple(_type(book, kind) for kind in Type if any(share.benefit.type == kind for share in shares)),
        owners=tuple(_owners(book)),
        deviations=tuple(_deviations(book)),
        unmeasured=tuple(_unmeasured(book)),
    )


def _shares(owner: Organisation | None) -> list[BenefitShare]:
    """In the order of their owners, as they stand on the last day."""
    rows = BenefitShare.objects.select_related("benefit", "organisation", "owner")
    return list(rows.filter(organisation=owner) if owner else rows)


@dataclass(frozen=True)
class Book:
    """The shares, what was measured of them, and the last days of the quarters."""

    shares: Sequence[BenefitShare]
    ledger: Ledger
    days: Sequence[date]

    @property
    def today(self) -> date:
        return self.days[-1]

    def effect(self, shares: Iterable[BenefitShare], day: date) -> Effect:
        return sum((self.ledger.effect(share, day) for share in shares), NO_EFFECT)

    def counts(self, shares: Iterable[BenefitShare], day: date) -> Counts:
        return sum((Counts.of(self.ledger.effect(share, day).status) for share in shares), NO_COUNTS)

    def status(self, share: BenefitShare) -> Status:
        return self.ledger.effect(share, self.today).status


def _type(book: Book, kind: Type) -> TypeFigures:
    shares = [share for share in book.shares if share.benefit.type == kind]
    return TypeFigures(
        type=str(kind.value),
        unit=str(UNIT_OF[kind].value) if kind in UNIT_OF else "",
        counts=tuple(book.counts(shares, day) for day in book.days),
        effects=tuple(book.effect(shares, day) for day in book.days) if kind in ADDITIVE else (),
    )


def _owners(book: Book) -> Iterable[OwnerFigures]:
    owners = {share.organisation_id: share.organisation for share in book.shares}
    for owner in sorted(owners.values(), key=lambda one: one.sort_key):
        shares = [share for share in book.shares if share.organisation_id == owner.pk]
        yield OwnerFigures(
            id=owner.pk,
            name=owner.name,
            counts=book.counts(shares, book.today),
            kroner=book.effect(_of(shares, Type.MONEY), book.today),
            full_time=book.effect(_of(shares, Type.TIME), book.today),
        )


def _of(shares: Iterable[BenefitShare], kind: Type) -> list[BenefitShare]:
    return [share for share in shares if share.benefit.type == kind]


def _deviations(book: Book) -> list[Deviation]:
    """The measured shares that have come the shortest way; units differ, so the parts of the way are compared."""
    measured = [(share, share.way, book.ledger.newest(share, book.today)) for share in book.shares]
    poor = [
        _deviation(share, way, *newest)
        for share, way, newest in measured
        if way and newest and way.status(newest[1]) == Status.NOT_GOOD_ENOUGH
    ]
    return sorted(poor, key=lambda one: (one.achieved, one.code, one.owner))[:DEVIATIONS]


def _deviation(share: BenefitShare, way: Way, measured_on: date, value: Decimal) -> Deviation:
    return Deviation(
        share=share.pk,
        code=share.benefit.code,
        name=_names(share),
        unit=share.benefit.unit,
        owner=share.organisation.name,
        responsible=share.owner.name,
        baseline=way.baseline,
        target=way.target,
        target_on=share.target_on,
        value=value,
        measured_on=measured_on,
        achieved=percent(way.part(value)),
    )


def _unmeasured(book: Book) -> list[Unmeasured]:
    return [
        Unmeasured(
            share=share.pk,
            code=share.benefit.code,
            name=_names(share),
            owner=share.organisation.name,
            responsible=share.owner.name,
            has_baseline=share.baseline is not None,
        )
        for share in book.shares
        if book.status(share) == Status.NOT_MEASURED
    ]


def _names(share: BenefitShare) -> Names:
    return Names(*(in_language(share.benefit, "name", language) for language in LANGUAGES))
