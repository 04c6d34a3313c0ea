"""What tests of benefits are made of: each function saves one thing with plain defaults and returns it."""

from datetime import date
from decimal import Decimal
from typing import Any

from benefits.models import Benefit, BenefitShare, Goal, Measurement
from partnership.access import Role
from partnership.models import Organisation, User
from tests import make

BASELINE_DAY, TARGET_DAY = date(2024, 1, 31), date(2026, 12, 31)


def goal(name: str = "Lavere kostnader", **fields: Any) -> Goal:
    """The company's own unless an organisation is given."""
    values = {"kind": "effect" if fields.get("organisation") else "operational", "decided_on": date(2024, 1, 15)}
    texts = {"target_nb": "20 prosent lavere", "good_enough_nb": "15 prosent lavere", "decided_by": "styret"}
    return Goal.objects.create(name_nb=name, **(values | texts | fields))


def benefit(code: str = "Ø1", name: str = "Felles mobilavtale", **fields: Any) -> Benefit:
    units = {"Ø": ("money", "kroner"), "A": ("time", "full_time"), "V": ("others", "days"), "K": ("quality", "percent")}
    kind, unit = units[code[0]]
    values = {"type": kind, "unit": unit, "indicator_nb": "Mobilkostnad i året"} | fields
    values.setdefault("goal", Goal.objects.first() or goal())
    return Benefit.objects.create(code=code, name_nb=name, **values)


def owner_of_benefits(at: Organisation, name: str = "Marte Holt") -> User:
    return make.person(name, Role.BENEFIT_OWNER, at=at)


def share(at: Organisation, of: Benefit | None = None, owner: User | None = None, **fields: Any) -> BenefitShare:
    """From 100 to 50, where 60 is good enough."""
    values = {"baseline": 100, "baseline_on": BASELINE_DAY, "target": 50, "target_on": TARGET_DAY, "good_enough": 60}
    values = values | fields
    if values["baseline"] is None:
        values["baseline_on"] = None
    numbers = {name: _decimal(values[name]) for name in ("baseline", "target", "good_enough")}
    return BenefitShare.objects.create(
        benefit=of or Benefit.objects.first() or benefit(),
        organisation=at,
        owner=owner or User.objects.filter(name="Marte Holt").first() or owner_of_benefits(at),
        **(values | numbers),
    )


def measurement(share: BenefitShare, value: Any, day: date = date(2025, 6, 30), **fields: Any) -> Measurement:
    return Measurement.objects.create(
        share=share, value=_decimal(value), day=day, **({"source": "regnskapet"} | fields)
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
