"""A board report with every room in it, of as many services and owners as one likes."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from benefits.arithmetic import Effect
from benefits.reporting import Benefits
from benefits.reporting.shapes import Counts, Deviation, TypeFigures, Unmeasured
from benefits.reporting.shapes import OwnerFigures as BenefitOwner
from kit.quarters import Quarter
from partnership.reporting import FollowUpLine, Resolutions
from reports.canonical import digest_of
from reports.corrections import Correction
from reports.figures import BoardFigures, Head, frozen
from reports.models import Edition
from services.models import ProductGroup
from services.reporting import GroupOrders, OrderFigures, Orders, OwnerOrders
from sla.levels import Level
from sla.reporting import (
    IncidentCounts,
    Names,
    OwnerFigures,
    PriorityFigures,
    Promises,
    ServiceFigures,
    ServiceLevels,
)

QUARTERS = Quarter(2026, 3).ending_here(8)
WRITTEN = tuple(map(str, QUARTERS))
PLACED = OrderFigures(40, 38, 31, 7, Decimal(6))
COUNTS = Counts(3, 2, 4, 1)
EFFECT = Effect(Decimal(900_000), Decimal(800_000), Decimal(600_000), 6, 1)


def promises(seed: int) -> Promises:
    levels = (Level(40, 20 + (seed + step) % 20, Decimal(36), Decimal(32)) for step in (0, 5))
    return Promises(*levels)


def names(name: str) -> Names:
    return Names(name, name, name)


def levels(services: int, owners: int) -> ServiceLevels:
    offered = tuple(
        ServiceFigures(
            number, f"T{number}", names(f"Fagsystem for område {number}"), number < 4,
            tuple(promises(number + step) for step in range(8)), tuple(promises(number + step) for step in range(24)),
        )
        for number in range(services)
    )  # fmt: skip
    served = tuple(
        OwnerFigures(
            number, f"Kommune {number}", 90_000 - number, tuple(promises(number + step) for step in range(8)),
            tuple(promises(number + step) for step in range(services)),
        )
        for number in range(1, owners + 1)
    )  # fmt: skip
    return ServiceLevels(
        WRITTEN, tuple(month for one in QUARTERS for month in one.months),
        tuple(promises(step) for step in range(8)), tuple(promises(step) for step in range(24)), offered, served,
        tuple(IncidentCounts(900, 880, 40, 6, 3) for _quarter in QUARTERS), 12, 3,
        tuple(PriorityFigures(number, promises(number), 90, 9000, 90000) for number in range(1, 6)), (), (),
    )  # fmt: skip


def benefits(owners: int) -> Benefits:
    types = tuple(
        TypeFigures(kind, unit, (COUNTS,) * 8, (EFFECT,) * 8 if unit else ())
        for kind, unit in (("money", "kroner"), ("time", "full_time"), ("others", ""), ("quality", ""))
    )
    rows = tuple(BenefitOwner(number, f"Kommune {number}", COUNTS, EFFECT, EFFECT) for number in range(1, owners + 1))
    name, amounts = names("Raskere svar på byggesøknader"), (Decimal(41), Decimal(21))
    deviations = tuple(
        Deviation(number, f"V{number}", name, "days", "Kommune 1", "Morten Eide", *amounts, date(2027, 6, 30),
                  Decimal(44), date(2026, 9, 30), Decimal("-15.0"))
        for number in range(3)
    )  # fmt: skip
    unmeasured = tuple(Unmeasured(number, f"A{number}", name, "Kommune 2", "Siri Lien", False) for number in range(9))
    return Benefits(WRITTEN, 4, types, rows, deviations, unmeasured)


def resolutions(count: int) -> Resolutions:
    body = ("Representantskapet", "Representantskapet", "The council")
    line = FollowUpLine(
        "12/26", "Handlingsplan for informasjonssikkerhet", body, "Legg fram en plan for utskifting", "Ola Nygård",
        date(2026, 9, 1), None, True,
    )  # fmt: skip
    return Resolutions(count, count, 0, (line,) * count, ())


def board(services: int, owners: int) -> BoardFigures:
    groups = tuple(GroupOrders(group, PLACED) for group in ProductGroup.values)
    of_owners = tuple(OwnerOrders(number, f"Kommune {number}", PLACED) for number in range(1, owners + 1))
    first, last = QUARTERS[-1].first, QUARTERS[-1].last
    sections = {
        "service_levels": levels(services, owners),
        "orders": Orders(first, last, WRITTEN, (PLACED,) * 8, groups, of_owners),
        "benefits": benefits(owners),
        "resolutions": resolutions(owners),
    }
    head = Head("2026Q3", "Fellesdrift Agder IKS", is_demonstration=True, cut_off=timezone.now())
    was, now = promises(1).response, promises(2).response
    changed = (Correction("2026Q2", "2026Q2", names("Fagsystem for område 1"), "response", was, now),) * 9
    return BoardFigures(head, sections, changed)


def kept(figures: BoardFigures) -> Edition:
    data = frozen(figures)
    return Edition.objects.create(year=2026, quarter=3, figures=data, digest=digest_of(data), cut_off=timezone.now())
