"""What the pages of agreements say: versions side by side, what changed between them, who is covered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from partnership.models import Organisation, Resolution, User
from services.models import Service
from sla.credits.ladder import Ladder
from sla.models import (
    MONTHLY,
    AgreementVersion,
    Availability,
    Clock,
    Commitment,
    Coverage,
    Impact,
    Metric,
    ServiceAgreement,
    Target,
)

METRICS = (Metric.RESPONSE, Metric.RESOLUTION, Metric.AVAILABILITY, Metric.LEAD_TIME)
"""As they are read: the answer before the solution."""


class TargetKey(NamedTuple):
    """Which target of a version. Without an organisation, an impact or a service: where nothing else is said."""

    priority: int | None
    metric: Metric
    organisation: Organisation | None = None
    impact: int | None = None
    service: Service | None = None

    @classmethod
    def of(cls, target: Target) -> Self:
        metric = Metric(target.metric)
        return cls(target.priority, metric, target.organisation, target.impact, target.service)


type Line = tuple[int | None, Metric]
"""A line of a sheet of targets: priority and metric; availability has no priority."""


@dataclass(frozen=True)
class Credits:
    """What a missed guarantee gives: at most so much, by these ladders. Without a cap nothing."""

    cap: Decimal | None
    ladders: Mapping[Metric, Ladder]

    @classmethod
    def of(cls, version: AgreementVersion) -> Self:
        """Of a version fetched with its steps."""
        ladders = {
            metric: [row.step for row in version.credit_steps.all() if row.metric == metric] for metric in MONTHLY
        }
        return cls(version.credit_cap_percent, {metric: ladder for metric, ladder in ladders.items() if ladder})


@dataclass(frozen=True)
class Edition:
    """A version with its targets and what of its coverage the reader may see."""

    version: AgreementVersion
    targets: dict[TargetKey, Target]
    coverage: Sequence[Coverage]
    has_judged: bool
    credits: Credits

    def of(self, organisation: Organisation | None = None, impact: Impact | None = None) -> dict[Line, Target]:
        """The common targets, or those that deviate for an organisation or an impact; without lead times."""
        return {
            (key.priority, key.metric): target
            for key, target in self.targets.items()
            if (key.organisation, key.impact) == (organisation, impact) and key.metric != Metric.LEAD_TIME
        }

    @property
    def guaranteed(self) -> set[str]:
        """The metrics of which some target is a guarantee."""
        return {target.metric for target in self.targets.values() if target.commitment == Commitment.GUARANTEE}

    @property
    def has_lead_times(self) -> bool:
        return any(key.metric == Metric.LEAD_TIME for key in self.targets)

    def lead_times(self, organisation: Organisation | None = None) -> dict[Service | None, Target]:
        """By service; None is where nothing is said of a service."""
        return {
            key.service: target
            for key, target in self.targets.items()
            if key.organisation == organisation and key.metric == Metric.LEAD_TIME
        }

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
    def has_other_credits(self) -> bool:
        return self.earlier.credits != self.later.credits

    @property
    def has_other_hours(self) -> bool:
        return self.earlier.version.calendar_id != self.later.version.calendar_id


def in_order(keys: Iterable[TargetKey]) -> list[TargetKey]:
    """By priority, the answer before the solution; then availability, and lead times; what deviates under what it
    deviates from.
    """

    def place(key: TargetKey) -> tuple[bool, int, int, int, str, str]:
        service, owner = (one.sort_key if one else "" for one in (key.service, key.organisation))
        return key.priority is None, key.priority or 0, METRICS.index(key.metric), key.impact or 0, service, owner

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
            Prefetch("targets", Target.objects.visible_to(user).select_related("calendar", "organisation", "service")),
            "credit_steps",
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
    targets = {TargetKey.of(target): target for target in version.targets.all()}
    return Edition(version, targets, version.visible_coverage, version.judged, Credits.of(version))


def _visible_coverage(user: User) -> Prefetch:
    rows = Coverage.objects.visible_to(user).select_related("service", "organisation")
    ordered = rows.order_by("service__sort_key", "organisation__sort_key")
    return Prefetch("coverage", ordered, to_attr="visible_coverage")
