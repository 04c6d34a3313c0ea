"""What was known of each share on a day, from the measurements that hold."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from benefits.arithmetic import Effect
from benefits.models import BenefitShare, Measurement


class Ledger:
    """Days and values of each share, oldest first."""

    def __init__(self, rows: Iterable[tuple[int, date, Decimal]]) -> None:
        self._days: dict[int, list[date]] = defaultdict(list)
        self._values: dict[int, list[Decimal]] = defaultdict(list)
        for share, day, value in rows:
            self._days[share].append(day)
            self._values[share].append(value)

    @classmethod
    def of(cls, shares: Iterable[BenefitShare]) -> "Ledger":
        holding = Measurement.objects.holding().filter(share__in=[share.pk for share in shares]).order_by("day")
        return cls(holding.values_list("share_id", "day", "value"))

    def newest(self, share: BenefitShare, day: date) -> tuple[date, Decimal] | None:
        """When the newest value on or before the day was measured, and what it was."""
        known = bisect_right(self._days[share.pk], day)
        return (self._days[share.pk][known - 1], self._values[share.pk][known - 1]) if known else None

    def value(self, share: BenefitShare, day: date) -> Decimal | None:
        newest = self.newest(share, day)
        return newest[1] if newest else None

    def effect(self, share: BenefitShare, day: date) -> Effect:
        return Effect.of(share.way, self.value(share, day))
