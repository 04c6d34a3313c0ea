"""What the demonstration's partnership offers, when it is open, and what it has promised."""

from dataclasses import dataclass, field
from decimal import Decimal

from services.models import ProductGroup, Tier
from services.opening import HalfDay
from sla.credits.ladder import Step
from sla.durations import Allowed
from sla.models import Metric

HOUR = 60
DAY = 7 * HOUR + 45
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
NOON = "12:00"

OFFICE_HOURS = {
    "weekly": {day: [["08:00", "15:45"]] for day in WEEKDAYS},
    "seasons": [{"from": "05-15", "to": "09-14", "weekly": {day: [["08:00", "15:00"]] for day in WEEKDAYS}}],
    "half_days": dict.fromkeys(HalfDay.values, NOON),
}
AROUND_THE_CLOCK = {
    "weekly": {day: [["00:00", "24:00"]] for day in (*WEEKDAYS, "sat", "sun")},
    "has_public_holidays": False,
}


@dataclass(frozen=True)
class Offer:
    """A service, and its share of the incidents (relative to the others)."""

    code: str
    name_nb: str
    name_nn: str
    name_en: str
    description_nb: str
    share: int
    group: ProductGroup = ProductGroup.OPERATIONS
    step: int = 3
    is_critical: bool = False
    tier: Tier = Tier.BASE
    without: frozenset[str] = field(default_factory=frozenset)
    """Owners that do not have it."""

    @property
    def fields(self) -> dict[str, object]:
        names = ("code", "name_nb", "name_nn", "name_en", "description_nb", "group", "step", "is_critical", "tier")
        return {name: getattr(self, name) for name in names}


CATALOGUE = [
    Offer("BRUKER", "Brukerstøtte", "Brukarstøtte", "User support", "Hjelp på telefon, i portal og på stedet.", 26),
    Offer(
        "ARBEIDSFLATE",
        "Arbeidsflate og PC",
        "Arbeidsflate og PC",
        "Workplace and PC",
        "PC eller nettbrett med standard programmer, fornyet hvert fjerde år.",
        18,
        ProductGroup.PROCUREMENT,
        1,
    ),
    Offer(
        "EPOST",
        "E-post og samhandling",
        "E-post og samhandling",
        "E-mail and collaboration",
        "E-post, kalender, møter på nett og felles filer.",
        12,
        is_critical=True,
    ),
    Offer(
        "NETT",
        "Nett og samband",
        "Nett og samband",
        "Network",
        "Nett på kommunens steder, trådløst nett og samband mellom kommunene.",
        10,
        ProductGroup.INFRASTRUCTURE,
        2,
        is_critical=True,
    ),
    Offer(
        "SAK",
        "Sak/arkiv",
        "Sak/arkiv",
        "Records management",
        "Felles sak- og arkivsystem med journal, møter og innsyn.",
        10,
        ProductGroup.PROCESSES,
        4,
        is_critical=True,
    ),
    Offer(
        "HELSE",
        "Pleie og omsorg",
        "Pleie og omsorg",
        "Health and care",
        "Fagsystem for helse og omsorg, med mobil journal.",
        8,
        ProductGroup.PROCESSES,
        4,
        is_critical=True,
    ),
    Offer(
        "OPPVEKST",
        "Skole og oppvekst",
        "Skule og oppvekst",
        "Schools and childhood",
        "Skoleplattform, foreldreportal og barnehagesystem.",
        7,
        ProductGroup.PROCESSES,
        4,
    ),
    Offer(
        "LONN",
        "Økonomi og lønn",
        "Økonomi og løn",
        "Finance and payroll",
        "Regnskap, fakturaer, lønn og reiseregninger.",
        5,
        ProductGroup.PROCESSES,
        4,
        is_critical=True,
    ),
    Offer("TELEFONI", "Telefoni", "Telefoni", "Telephony", "Sentralbord, mobil og køer.", 3),
    Offer(
        "VELFERD",
        "Velferdsteknologi",
        "Velferdsteknologi",
        "Welfare technology",
        "Trygghetsalarmer og digitalt tilsyn, i prøvedrift.",
        1,
        ProductGroup.DEVELOPMENT,
        5,
        tier=Tier.PLUS,
        without=frozenset({"4211", "4212", "4213"}),
    ),
]

NEEDS = {
    "ARBEIDSFLATE": ("NETT",),
    "EPOST": ("NETT",),
    "SAK": ("EPOST", "NETT"),
    "HELSE": ("NETT", "ARBEIDSFLATE"),
    "OPPVEKST": ("NETT",),
    "LONN": ("NETT",),
    "TELEFONI": ("NETT",),
    "VELFERD": ("HELSE", "TELEFONI"),
}
"""What does not work without what."""

FIRST_TARGETS = {
    1: {Metric.RESPONSE: HOUR, Metric.RESOLUTION: 16 * HOUR},
    2: {Metric.RESPONSE: 8 * HOUR, Metric.RESOLUTION: 24 * HOUR},
    3: {Metric.RESPONSE: 3 * DAY, Metric.RESOLUTION: 8 * DAY},
    4: {Metric.RESPONSE: 4 * DAY, Metric.RESOLUTION: 12 * DAY},
}
"""Priority to working minutes, before the tightening."""

TIGHTER_TARGETS = {
    1: {Metric.RESPONSE: HOUR // 2, Metric.RESOLUTION: 12 * HOUR},
    2: {Metric.RESPONSE: 8 * HOUR, Metric.RESOLUTION: 16 * HOUR},
    3: {Metric.RESPONSE: 2 * DAY, Metric.RESOLUTION: 7 * DAY},
    4: {Metric.RESPONSE: 4 * DAY, Metric.RESOLUTION: 10 * DAY},
}

PROPOSED_TARGETS = TIGHTER_TARGETS | {
    2: {Metric.RESPONSE: 4 * HOUR, Metric.RESOLUTION: 12 * HOUR},
    3: {Metric.RESPONSE: Allowed(days=1, until_closing=True), Metric.RESOLUTION: Allowed(days=5)},
    4: {Metric.RESPONSE: Allowed(days=4), Metric.RESOLUTION: Allowed(days=10)},
}

AROUND_THE_CLOCK_TARGETS = {
    1: {Metric.RESPONSE: HOUR // 4, Metric.RESOLUTION: 4 * HOUR},
    2: {Metric.RESPONSE: HOUR, Metric.RESOLUTION: 8 * HOUR},
}

UPTIME = (Decimal("0.9950"), Decimal("0.9850"))
NOTICE_DAYS = 5
MOST_CREDIT = Decimal(15)
LADDER = (Step(Decimal(0), Decimal(5)), Step(Decimal("0.5"), Decimal(10)), Step(Decimal(1), Decimal(15)))
DELIVERY_DAYS, QUICK_DELIVERY_DAYS, DELIVERED = 5, 3, Decimal("0.90")
HIT_BY_ALL_MINUTES = 8 * HOUR

SHARES = {
    Metric.RESPONSE: (Decimal("0.80"), Decimal("0.70")),
    Metric.RESOLUTION: (Decimal("0.85"), Decimal("0.75")),
}
"""The share wanted, and the share that is good enough."""
