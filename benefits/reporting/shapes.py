"""What a report says of benefits: exact sums and names in every language, ready to be frozen as JSON."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits.arithmetic import Effect, Status
from partnership.translated import Names

NO_EFFECT = Effect()


@dataclass(frozen=True)
class Counts:
    """Shares by status. Types may be counted together, never added."""

    on_target: int = 0
    good_enough: int = 0
    not_good_enough: int = 0
    not_measured: int = 0

    @classmethod
    def of(cls, status: Status) -> "Counts":
        return cls(**{status.value: 1})

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.on_target + other.on_target,
            self.good_enough + other.good_enough,
            self.not_good_enough + other.not_good_enough,
            self.not_measured + other.not_measured,
        )

    @property
    def total(self) -> int:
        return self.on_target + self.good_enough + self.not_good_enough + self.not_measured


NO_COUNTS = Counts()


@dataclass(frozen=True)
class TypeFigures:
    """All shares of one type when each quarter ended. `effects` is empty for types that cannot be added."""

    type: str
    unit: str
    counts: tuple[Counts, ...]
    effects: tuple[Effect, ...]

    @property
    def now(self) -> Counts:
        return self.counts[-1]

    @property
    def effect(self) -> Effect | None:
        return self.effects[-1] if self.effects else None


@dataclass(frozen=True)
class OwnerFigures:
    """One owner when the quarter ended: its shares by status, and what can be added of them."""

    id: int
    name: str
    counts: Counts
    kroner: Effect
    full_time: Effect


@dataclass(frozen=True)
class Deviation:
    """A measured share that is not good enough. `achieved` is in per cent, as it is shown."""

    share: int
    code: str
    name: Names
    unit: str
    owner: str
    responsible: str
    baseline: Decimal
    target: Decimal
    target_on: date
    value: Decimal
    measured_on: date
    achieved: Decimal


@dataclass(frozen=True)
class Unmeasured:
    """A share that cannot be judged: without a baseline, or without a measurement since."""

    share: int
    code: str
    name: Names
    owner: str
    responsible: str
    has_baseline: bool


@dataclass(frozen=True)
class Benefits:
    """Everything a report says of benefits. `quarters` are oldest first; the last is the one reported on."""

    quarters: tuple[str, ...]
    goals: int
    types: tuple[TypeFigures, ...]
    owners: tuple[OwnerFigures, ...]
    deviations: tuple[Deviation, ...]
    unmeasured: tuple[Unmeasured, ...]

    @property
    def now(self) -> Counts:
        return sum((one.now for one in self.types), NO_COUNTS)

    def of_type(self, kind: str) -> TypeFigures | None:
        return next((one for one in self.types if one.type == kind), None)
