"""How long a service was up together with everything that it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, prod

from partnership.models import User
from services.dependencies import graph
from services.models import Service
from sla.figures.uptime import DECIMALS, Uptime
from sla.levels import Level
from sla.models import Availability


@dataclass(frozen=True)
class Link:
    """A service of the chain, as the same organisation met it in the same span; not measured where nothing counts."""

    service: Service
    level: Level

    @property
    def percent(self) -> Decimal | None:
        return self.level.percent(DECIMALS)


@dataclass(frozen=True)
class Chain:
    """`own` is the service itself, `links` everything it needs, directly or by way of others, each once.

    The availability of a chain is the product of those of its links: A = A1 x A2 x ... x An, as each must be up
    (`domain/sla-and-cost.md`, availability formulas). That takes the links to fail independently; where they went down
    at the same time, the chain was up for longer than this says. A link that is not measured is left out of the
    product, and told.
    """

    own: Link
    links: Sequence[Link]

    @property
    def unmeasured(self) -> list[Service]:
        return [one.service for one in self.links if not one.level.counted]

    @property
    def needed(self) -> list[Link]:
        return [one for one in self.links if one.level.counted]

    @property
    def share(self) -> Fraction:
        """Of the whole chain, from 0 to 1, exactly; rounded only for show."""
        links = (self.own, *self.needed)
        return prod((Fraction(one.level.met, one.level.counted) for one in links), start=Fraction(1))

    @property
    def promised(self) -> Fraction:
        """What the promises of those that are needed multiply to, without the service's own."""
        return prod((promised(one.level) for one in self.needed), start=Fraction(1))

    @property
    def percent(self) -> Decimal:
        return in_percent(self.share)

    @property
    def promised_percent(self) -> Decimal:
        return in_percent(self.promised)

    @property
    def promises_too_much(self) -> bool:
        """The service is promised more than everything it needs allows together."""
        return bool(self.needed) and promised(self.own.level) > self.promised


def in_percent(share: Fraction) -> Decimal:
    """Rounded down, once."""
    return Decimal(floor(share * 100 * 10**DECIMALS)).scaleb(-DECIMALS)


def promised(level: Level) -> Fraction:
    """The share that was wanted of what was counted."""
    return Fraction(level.wanted) / level.counted


def chain(user: User, up: Uptime) -> Chain | None:
    """None where the service needs nothing, or was not measured itself. Three queries."""
    needed = graph().all_needed_by(up.service.pk)
    if not needed or not up.level.counted:
        return None
    services = Service.objects.visible_to(user).in_bulk(needed)
    months = Availability.objects.visible_to(user).in_months(up.span.first, up.span.last)
    levels = months.filter(organisation=up.organisation, service__in=needed).levels("service")
    links = [Link(services[one], levels.get((one,), Level())) for one in needed if one in services]
    return Chain(Link(up.service, up.level), links)
