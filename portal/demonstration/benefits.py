"""Goals, benefits and three years of measurements, most of which go the right way."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from benefits.actions.measuring import correct_measurement, register_measurement
from benefits.actions.register import add_benefit, give_share, set_goal
from benefits.models import Benefit, BenefitShare
from partnership.models import Organisation, User
from portal.demonstration.benefit_plans import BENEFITS, GOALS, OWNERS, Plan

YEARS = 3
MONTHS_IN_A_YEAR = 12
UNMEASURED = {("K3", "4203"), ("A1", "4213"), ("V1", "4215"), ("Ø3", "4211")}
"""They have a baseline, and nobody has measured since."""
WITHOUT_BASELINE = {("A2", "4213"), ("K3", "4214")}
BEHIND = {("V1", "4203"), ("A1", "4203"), ("Ø1", "4212"), ("K2", "4202"), ("V2", "4201")}
"""The newest measurement is missing, so one waits for their owners."""
CORRECTED = ("Ø1", "4203")
ACCOUNTABLE = ("Ingrid Dahl", "Marte Holt")

type Owners = dict[str, Organisation]
type People = dict[str, User]


def load(*, owners: Owners, people: People, today: date) -> None:
    goals = {
        key: set_goal(organisation=owners.get(place), decided_on=date(today.year - YEARS, 11, 14), by=None, **fields)
        for key, (place, fields) in GOALS.items()
    }
    for number, plan in enumerate(BENEFITS):
        accountable = people[ACCOUNTABLE[number % len(ACCOUNTABLE)]]
        benefit = add_benefit(goal=goals[plan.goal], accountable=accountable, by=None, **plan.fields)
        for turn, place in enumerate(plan.places):
            _realise(plan, benefit, place, turn + number, owners[place], people[OWNERS[place]], today)


def _realise(
    plan: Plan, benefit: Benefit, place: str, turn: int, organisation: Organisation, owner: User, today: date
) -> None:
    has_baseline = (plan.code, place) not in WITHOUT_BASELINE
    way = plan.way(place)
    share = give_share(
        benefit=benefit,
        organisation=organisation,
        owner=owner,
        baseline=way.baseline if has_baseline else None,
        baseline_on=_start(today) if has_baseline else None,
        baseline_source=plan.source if has_baseline else "",
        target=way.target,
        target_on=date(today.year + 1, 6, 30),
        good_enough=way.good_enough,
        by=None,
    )
    if has_baseline and (plan.code, place) not in UNMEASURED:
        _measure(plan, place, turn, share, list(_days(today, plan.months)))


def _measure(plan: Plan, place: str, turn: int, share: BenefitShare, days: list[date]) -> None:
    until = len(days) - 1 if (plan.code, place) in BEHIND else len(days)
    for step, day in enumerate(days[:until], start=1):
        value = plan.value(place, turn, Decimal(step) / len(days), step)
        made = register_measurement(share=share, value=value, day=day, source=plan.source, by=share.owner)
    if (plan.code, place) == CORRECTED:
        correct_measurement(
            measurement=made,
            value=made.value + Decimal(21500),
            day=made.day,
            source=plan.source,
            note="Fakturaen for juni manglet i det første tallet.",
            by=share.owner,
        )


def _start(today: date) -> date:
    """The last day of the year before the three."""
    return date(today.year - YEARS, 12, 31)


def _days(today: date, months: int) -> Iterator[date]:
    """The last day of every so many months since the start, up to today."""
    start = _start(today)
    for ahead in range(months, (YEARS + 1) * MONTHS_IN_A_YEAR, months):
        years, index = divmod(ahead - 1, MONTHS_IN_A_YEAR)
        year, month = start.year + 1 + years, index + 1
        day = date(year, month, monthrange(year, month)[1])
        if day <= today:
            yield day
