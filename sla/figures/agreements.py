"""What the pages of agreements say: versions side by side, what changed between them, who is covered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from partnership.models import Organisation, Resolution, User
from services.models import Service
from sla.models import AgreementVersion, Availability, Clock, Coverage, Metric, ServiceAgreement, Target

type TargetKey = tuple[int | None, str, Organisation | None]
"""Priority and metric; availability has no priority. And for whom, where it deviates from what is common."""


@dataclass(frozen=True)
class Edition:
    """A version with its targets and what of its coverage the reader may see."""

    version: AgreementVersion
    targets: dict[TargetKey, Target]
    coverage: Sequence[Coverage]
    has_judged: bool

    def of(self, organisation: Organisation | None) -> dict[tuple[int | None, str], Target]:
        """The common targets, or those that deviate for one organisation, by priority and metric."""
        return {key[:2]: target for key, target in self.targets.items() if key[2] == organisation}

    @property
    def is_still_to_come(self) -> bool:
        """Approved, and neither begun nor used: the approval can be withdrawn."""
        return self.version.begins_later and not self.has_judged

    @property
    def services(self) -> list[Service]:
        return list(dict.fromkeys(row.service for row in self.coverage))

    @property
    def organisations(self) -> list[Organisation]:
        return sorted({row.organisation for row in self.coverage}, key=lambda one: (one.sort_key, one.pk))

    @property
    def pairs(self) -> set[tuple[int, int]]:
        return {(row.service_id, row.organisation_id) for row in self.coverage}


@dataclass(frozen=True)
class Change:
    """Two versions that follow each other."""

    earlier: Edition
    later: Edition

    @property
    def targets(self) -> list[tuple[Target | None, Target | None]]:
        """Those that differ, as (before, after); None where there was or is none."""
        keys = in_order(self.earlier.targets.keys() | self.later.targets.keys())
        both = [(self.earlier.targets.get(key), self.later.targets.get(key)) for key in keys]
        return [(before, after) for before, after in both if terms(before) != terms(after)]

    @property
    def added(self) -> list[Coverage]:
        return [row for row in self.later.coverage if (row.service_id, row.organisation_id) not in self.earlier.pairs]

    @property
    def removed(self) -> list[Coverage]:
        return [row for row in self.earlier.coverage if (row.service_id, row.organisation_id) not in self.later.pairs]

    @property
    def has_other_hours(self) -> bool:
        return self.earlier.version.calendar_id != self.later.version.calendar_id


def in_order(keys: Iterable[TargetKey]) -> list[TargetKey]:
    """By priority, the answer before the solution; availability last; what deviates under what it deviates from."""

    def place(key: TargetKey) -> tuple[bool, int, bool, str]:
        priority, metric, owner = key
        return priority is None, priority or 0, metric != Metric.RESPONSE, owner.sort_key if owner else ""

    return sorted(keys, key=place)


def terms(target: Target | None) -> object:
    """What a target promises, without the version it stands in."""
    return target and (
        (target.minutes, target.days, target.until_closing),
        target.commitment,
        target.wanted,
        target.good_enough,
        target.pauses,
        target.calendar_id,
        target.notice_days,
    )


def agreements(user: User, day: date) -> QuerySet[ServiceAgreement]:
    """Those that the reader may see, with `in_force` on the day and its visible coverage."""
    in_force = AgreementVersion.objects.on(day).prefetch_related(_visible_coverage(user))
    return ServiceAgreement.objects.visible_to(user).prefetch_related(
        Prefetch("versions", in_force, to_attr="in_force")
    )


def editions(user: User, agreement: ServiceAgreement) -> list[Edition]:
    """The draft, and then those that are approved, newest first, in three queries; such as the reader may see."""
    own = {"target__version": OuterRef("pk")}
    judged = Exists(Clock.objects.filter(**own)) | Exists(Availability.objects.filter(**own))
    versions = (
        AgreementVersion.objects.visible_to(user)
        .filter(agreement=agreement)
        .order_by(F("planned_day").desc(nulls_last=True), "-period")
        .select_related("calendar", "proposed_to")
        .annotate(judged=judged)
        .prefetch_related(
            Prefetch("targets", Target.objects.visible_to(user).select_related("calendar", "organisation")),
            _visible_coverage(user),
        )
    )
    return [edition(version) for version in versions]


def opened_resolutions(user: User, known: Iterable[Edition]) -> set[int]:
    """The resolutions behind these that the reader may open, by id."""
    decided = {one.version.decided_in_id for one in known if one.version.decided_in_id}
    if not decided:
        return set()
    return set(Resolution.objects.visible_to(user).filter(pk__in=decided).values_list("pk", flat=True))


def edition(version: Any) -> Edition:
    """Of a version as `editions` fetches it."""
    targets = {(target.priority, target.metric, target.organisation): target for target in version.targets.all()}
    return Edition(version, targets, version.visible_coverage, version.judged)


def _visible_coverage(user: User) -> Prefetch:
    rows = Coverage.objects.visible_to(user).select_related("service", "organisation")
    ordered = rows.order_by("service__sort_key", "organisation__sort_key")
    return Prefetch("coverage", ordered, to_attr="visible_coverage")
