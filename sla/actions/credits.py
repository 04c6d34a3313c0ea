"""Service credits: turned on in a version, proposed from the figures of each month, and decided by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from sla.credits.ladder import Ladder
from sla.credits.reckoning import Cell, Line, Reckoned, reckoned
from sla.models import AgreementVersion, Commitment, Credit, CreditLine, CreditState, CreditStep, Metric
from sla.spans import Month, month_of

LOCK = 0x10D
"""The advisory lock under which months are reckoned: two at once would propose the same."""
LOOKED_BACK = 24
"""So many months are reckoned anew each time, so that corrected figures correct what is proposed."""


@dataclass(frozen=True)
class Proposed:
    """How many credits were proposed, changed with the figures, and taken back."""

    new: int = 0
    changed: int = 0
    taken_back: int = 0


@recorded
def set_credits(
    *, version: AgreementVersion, cap: Decimal | None, ladders: Mapping[Metric, Ladder], by: User | None
) -> None:
    """Exactly these ladders; without a cap there are no credits. ValidationError for one without the other."""
    ladders = {metric: ladder for metric, ladder in ladders.items() if ladder}
    if cap is None and ladders:
        raise ValidationError({"cap": _("Write how much of the price of a month they give together at most.")})
    if cap is not None and not ladders:
        raise ValidationError(_("Write the steps of at least one metric, or leave the cap empty."))
    for metric, ladder in ladders.items():
        if cap is not None and any(step.percent > cap for step in ladder):
            words = _("A step gives at most what they give together, %(cap)s %%.")
            raise ValidationError({metric.value: ValidationError(words, params={"cap": cap.normalize()})})
    version.credit_cap_percent = cap
    version.full_clean()
    version.save()
    version.credit_steps.all().delete()
    for metric, ladder in ladders.items():
        for step in ladder:
            CreditStep.objects.create(version=version, metric=metric, points=step.points, percent=step.percent)


def copy_credits(before: AgreementVersion, version: AgreementVersion) -> None:
    version.credit_cap_percent = before.credit_cap_percent
    version.save()
    for row in before.credit_steps.all():
        CreditStep.objects.create(version=version, metric=row.metric, points=row.points, percent=row.percent)


def refuse_empty_ladders(version: AgreementVersion) -> None:
    """A ladder of a metric of which nothing is guaranteed would never give anything."""
    guaranteed = version.targets.filter(commitment=Commitment.GUARANTEE).values_list("metric", flat=True)
    for row in version.credit_steps.exclude(metric__in=guaranteed):
        words = _("No target of “%(metric)s” is a guarantee, so its service credits would give nothing.")
        raise ValidationError(words, params={"metric": row.get_metric_display()})


@recorded
def propose_credits(*, by: User | None, now: datetime | None = None) -> Proposed:
    """Of the months that are over, by the figures as they are kept now. What is decided stands, and shows where the
    figures have moved since; a proposal that they no longer carry is taken back.
    """
    last = month_of(now or timezone.now()).shifted(-1)
    first = last.shifted(1 - LOOKED_BACK)
    _wait_for_others()
    known = _known(first, last)
    found = reckoned(first, last)
    new = [_create(cell, one) for cell, one in found.items() if cell not in known]
    changed = [credit for cell, credit in known.items() if cell in found and _follow(credit, found[cell])]
    gone = [credit for cell, credit in known.items() if cell not in found]
    return Proposed(len(new), len(changed), sum(_take_back(credit) for credit in gone))


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _known(first: Month, last: Month) -> dict[Cell, Credit]:
    rows = Credit.objects.filter(month__range=(first.first, last.first)).select_for_update().order_by("pk")
    return {(row.service_id, row.organisation_id, row.month): row for row in rows.prefetch_related("lines")}


def _create(cell: Cell, one: Reckoned) -> Credit:
    service, organisation, month = cell
    credit = Credit.objects.create(
        version_id=one.version_id,
        service_id=service,
        organisation_id=organisation,
        month=month,
        percent=one.percent,
    )
    _write_lines(credit, one)
    return credit


def _follow(credit: Credit, one: Reckoned) -> bool:
    """Whether the figures say otherwise than before, or another version says it."""
    said = sorted((row.metric, row.counted, row.met, row.wanted, row.percent) for row in credit.lines.all())
    told = sorted(_values(line) for line in one.lines)
    if (credit.version_id, credit.percent, said) == (one.version_id, one.percent, told):
        return False
    credit.version_id, credit.percent = one.version_id, one.percent
    credit.save()
    credit.lines.all().delete()
    _write_lines(credit, one)
    return True


def _write_lines(credit: Credit, one: Reckoned) -> None:
    for line in one.lines:
        metric, counted, met, wanted, percent = _values(line)
        CreditLine.objects.create(
            credit=credit, metric=metric, counted=counted, met=met, wanted=wanted, percent=percent
        )


def _values(line: Line) -> tuple[str, int, int, Decimal, Decimal]:
    level = line.level
    return line.metric.value, level.counted, level.met, level.wanted, line.percent


def _take_back(credit: Credit) -> bool:
    """The history keeps it; what is decided stands, and says that the figures give nothing now."""
    if not credit.is_decided:
        credit.delete()
        return True
    if credit.percent:
        credit.percent = Decimal(0)
        credit.save()
        credit.lines.all().delete()
    return False


@recorded
def decide_credits(*, chosen: Iterable[Credit], state: CreditState, reason: str, by: User) -> int:
    """The same of several, all or none: one failure hits many owners. How many there were."""
    return len([decide_credit(credit=credit, state=state, reason=reason, by=by) for credit in chosen])


@recorded
def decide_credit(*, credit: Credit, state: CreditState, reason: str, by: User, now: datetime | None = None) -> Credit:
    """Confirmed as the figures say, or waived; decided anew where they have moved since. ValidationError without a
    reason, where they give nothing to confirm, and where it is taken back meanwhile.
    """
    fresh = Credit.objects.select_for_update().filter(pk=credit.pk).first()
    if fresh is None:
        raise ValidationError(_("The figures give nothing now, and the service credit is taken back."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why.")})
    if state == CreditState.CONFIRMED and not fresh.percent:
        raise ValidationError({"state": _("The figures give nothing now, so there is nothing to confirm.")})
    fresh.state, fresh.reason = state, reason.strip()
    fresh.decided = fresh.percent if state == CreditState.CONFIRMED else Decimal(0)
    fresh.decided_by, fresh.decided_at = by, now or timezone.now()
    fresh.full_clean()
    fresh.save()
    return fresh
