"""How well a promise was kept: exact counts, added before they are judged, rounded only for show."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

HUNDRED = Decimal(100)
NOTHING = Decimal(0)
MILLIONTH = Decimal("0.000001")


class Status(models.TextChoices):
    ON_TARGET = "on_target", _("on target")
    GOOD_ENOUGH = "good_enough", _("good enough")
    NOT_GOOD_ENOUGH = "not_good_enough", _("not good enough")
    NOT_MEASURED = "not_measured", _("not measured")


@dataclass(frozen=True)
class Level:
    """Clocks counted and met, and how many had to be met: the sum of share x counted over the cells, exactly.

    Levels add up over priorities, services, organisations and months, whatever share each cell wants.
    """

    counted: int = 0
    met: int = 0
    wanted: Decimal = NOTHING
    good_enough: Decimal = NOTHING

    def __add__(self, other: "Level") -> "Level":
        return Level(
            self.counted + other.counted,
            self.met + other.met,
            self.wanted + other.wanted,
            self.good_enough + other.good_enough,
        )

    @property
    def status(self) -> Status:
        if not self.counted:
            return Status.NOT_MEASURED
        if self.met >= self.wanted:
            return Status.ON_TARGET
        return Status.GOOD_ENOUGH if self.met >= self.good_enough else Status.NOT_GOOD_ENOUGH

    def percent(self, decimals: int = 1) -> Decimal | None:
        """For show, rounded down, so that 89.96 % never reads as 90.0; None where nothing was measured."""
        return share_in_percent(Decimal(self.met), self.counted, decimals)

    @property
    def wanted_share(self) -> Decimal:
        """On the average of what was counted."""
        return (self.wanted / self.counted).quantize(MILLIONTH) if self.counted else NOTHING

    def wanted_percent(self, decimals: int = 1) -> Decimal | None:
        return share_in_percent(self.wanted, self.counted, decimals)


def share_in_percent(part: Decimal, whole: int, decimals: int) -> Decimal | None:
    if not whole:
        return None
    step = Decimal(1).scaleb(-decimals)
    return (part * HUNDRED / whole).quantize(step, rounding=ROUND_FLOOR)
