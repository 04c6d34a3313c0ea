"""A winter of incidents under an agreement in two versions, and what was calculated of it, for the tests to share."""

import random
from datetime import date, timedelta

from partnership.periods import days
from sla.models import AgreementVersion, Clock, Compliance, Coverage, Metric, Pause, ServiceAgreement, Target
from tests import make
from tests.make import oslo

NOW = oslo(2026, 4, 15, 12, 0)
EVENINGS = {day: [["07:30", "12:00"], ["12:30", "21:15"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
EASTER = ["2026-04-02", "2026-04-03", "2026-04-06"]


def two_versions(places) -> ServiceAgreement:
    """Two versions with hours of their own; priority 1 is promised around the clock; one place is never covered."""
    office = make.calendar("Kontor", has_public_holidays=False, holidays=EASTER)
    office.versions.update(period=days(None, date(2026, 2, 10)))
    office.versions.create(number=2, period=days(date(2026, 2, 11)), weekly=EVENINGS, has_public_holidays=False)
    first = make.agreement(*places[:3], hours=office, last=date(2026, 3, 15))
    second = AgreementVersion.objects.create(
        agreement=first.agreement, number=2, calendar=office, period=days(date(2026, 3, 16))
    )
    for service, owner in places[:2]:
        Coverage.objects.create(version=second, service=service, organisation=owner, period=second.period)
    always = make.calendar("Døgnet", weekly=ALWAYS, has_public_holidays=False)
    for priority, minutes in ((1, 0), (2, 95), (4, 700)):
        Target.objects.create(
            version=second,
            metric=Metric.RESOLUTION,
            priority=priority,
            minutes=minutes,
            pauses=priority != 2,
            calendar=always if priority == 1 else None,
        )
    for priority, allowed in ((3, {"days": 3}), (5, {"days": 1, "until_closing": True})):
        Target.objects.create(version=second, metric=Metric.RESOLUTION, priority=priority, pauses=True, **allowed)
    Target.objects.create(version=second, metric=Metric.RESPONSE, priority=5, days=1, pauses=False)
    return first.agreement


def scatter(places, count: int, seed: int = 1) -> None:
    """Incidents of every kind over a winter, some with pauses that overlap or have no end."""
    chance = random.Random(seed)
    for _ in range(count):
        service, owner = chance.choice(places)
        opened = oslo(2026, 1, 20, 0, 0) + timedelta(minutes=chance.randrange(80 * 24 * 60))
        answered = opened + timedelta(minutes=chance.choice((-30, 0, 20, 60, 90, 1500, 4000)))
        solved = opened + timedelta(minutes=chance.choice((0, 200, 480, 1440, 5000, 9000)))
        one = make.incident(
            service,
            owner,
            opened,
            priority=chance.randrange(1, 6),
            responded=chance.choice((answered, answered, None)),
            resolved=chance.choice((solved, solved, None)),
        )
        for _number in range(chance.randrange(4)):
            started = opened + timedelta(minutes=chance.randrange(-100, 3000))
            ended = chance.choice((started + timedelta(minutes=chance.randrange(2000)),) * 4 + (None,))
            Pause.objects.create(incident=one, started=started, ended=ended, was_solved=chance.random() < 0.2)


def rows(model) -> set:
    """All columns but the run's."""
    names = [field.attname for field in model._meta.concrete_fields if field.name not in {"run", "pk"}]
    return {tuple(map(str, row)) for row in model.objects.values_list(*names)}


def everything() -> tuple[set, set]:
    return rows(Clock), rows(Compliance)
