"""A whole version of an agreement written at once: from when, by which opening hours, for whom, and its targets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from services.models import ServiceCalendar
from sla.actions.agreements import (
    Promise,
    add_agreement,
    end_agreement_version,
    pairs_of,
    set_coverage,
    set_targets,
    start_agreement_version,
)
from sla.models import AgreementVersion, Availability, Clock, Phase, ServiceAgreement
from sla.querysets import Pair


@dataclass(frozen=True)
class Content:
    """What a version says."""

    calendar: ServiceCalendar
    resolution: str
    pairs: Collection[Pair]
    promises: Sequence[Promise]


@dataclass(frozen=True)
class Written:
    """A version as saved, and the pairs whose incidents it or its forerunner judges: to calculate again."""

    version: AgreementVersion
    touched: set[Pair]


@recorded
def write_agreement(*, name: str, phase: str, first_day: date, content: Content, by: User | None) -> Written:
    """A new agreement with its first version."""
    agreement = add_agreement(name=name, phase=Phase(phase), by=by)
    return write_version(agreement=agreement, first_day=first_day, content=content, by=by)


@recorded
def rename_agreement(*, agreement: ServiceAgreement, name: str, phase: str, by: User | None) -> ServiceAgreement:
    agreement.name, agreement.phase = name, phase
    agreement.full_clean()
    agreement.save()
    return agreement


@recorded
def write_version(*, agreement: ServiceAgreement, first_day: date, content: Content, by: User | None) -> Written:
    """A version from `first_day`; the one before ends the day before. One from that very day is changed.

    ValidationError for a version that has judged an incident, and where another agreement covers the same.
    """
    known = agreement.versions.filter(period__startswith=first_day).first()
    if known and has_judged(known):
        raise ValidationError({"first_day": _("The version from this day has judged incidents. Choose another day.")})
    version = start_agreement_version(
        agreement=agreement,
        first_day=first_day,
        calendar=content.calendar,
        resolution=content.resolution,
        by=by,
    )
    touched = pairs_of(version)
    touched |= set_coverage(version=version, pairs=content.pairs, by=by)
    touched |= set_targets(version=version, promises=content.promises, by=by)
    return Written(version, touched)


@recorded
def end_agreement(*, agreement: ServiceAgreement, last_day: date, by: User | None) -> Written:
    """Nothing is promised after `last_day`: the newest version ends then. An end already set is moved."""
    ServiceAgreement.objects.select_for_update().get(pk=agreement.pk)
    newest = agreement.versions.latest("period")
    return Written(newest, end_agreement_version(version=newest, last_day=last_day, by=by))


def has_judged(version: AgreementVersion) -> bool:
    """A version by which a clock or a month has been calculated stands; what it judged can be looked up."""
    judged = (model.objects.filter(target__version=version) for model in (Clock, Availability))
    return any(rows.exists() for rows in judged)
