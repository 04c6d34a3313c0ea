"""Who is told that a deadline is about to break, or has: once of each, by day, or when the service is on call."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnership import access
from partnership.access import Permission, Role
from partnership.history import recorded
from partnership.models import RoleGrant, User
from sla.models import Clock, DeadlineNotice, Pause, Warned
from sla.querysets import ClockQuerySet

DAY_BEGINS, DAY_ENDS = time(7), time(22)
NEWS_FOR = timedelta(days=3)
"""What broke longer ago, and was not known here, is no news: an old incident that is imported wakes nobody."""


@dataclass(frozen=True)
class News:
    """What one is told of once; the names are those of a notice."""

    incident_id: int
    metric: str
    kind: str
    due: datetime | None

    @classmethod
    def of(cls, clock: Clock, now: datetime) -> "News":
        is_broken = clock.due is not None and clock.due <= now
        kind = Warned.BROKEN if is_broken else Warned.AT_RISK
        return cls(clock.incident_id, clock.target.metric, kind.value, clock.due)


@recorded
def note_deadlines(*, now: datetime, by: User | None) -> None:
    """A row for each who is to be told and has not been. At night only of services that are open then."""
    managers, known = _service_managers(), dict[int, User]()
    rows = [
        DeadlineNotice(person_id=person, noted_at=now, **vars(news))
        for clock, news in _news(now)
        if _may_wake(clock, now)
        for person in _told(clock, managers, known)
    ]
    DeadlineNotice.objects.bulk_create(rows, ignore_conflicts=True)


@recorded
def note_sent(*, notices: Iterable[DeadlineNotice], at: datetime, by: User | None) -> None:
    DeadlineNotice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=at)


@recorded
def drop_notices(*, notices: Iterable[DeadlineNotice], by: User | None) -> None:
    """Never to be sent; their history remains. What is still news then, others may be told of."""
    DeadlineNotice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()


def _news(now: datetime) -> Iterator[tuple[Clock, News]]:
    """What nobody has been told of, in two queries."""
    found = {News.of(clock, now): clock for clock in _worth_telling(now)}
    notices = DeadlineNotice.objects.filter(incident__in={news.incident_id for news in found})
    told = {News(*row) for row in notices.values_list("incident", "metric", "kind", "due")}
    return ((clock, news) for news, clock in found.items() if news not in told)


def _worth_telling(now: datetime) -> ClockQuerySet:
    """Of incidents that are still open: at risk, while no pause stops the time; or broken of late."""
    pauses = Pause.objects.lasting(now).filter(incident=OuterRef("incident_id"))
    stands_still = Exists(pauses.filter(was_solved=True)) | Q(target__pauses=True) & Exists(pauses)
    at_risk = Q(due__gt=now, at_risk_from__lte=now) & ~stands_still
    found = Clock.objects.running().filter(at_risk | Q(due__gt=now - NEWS_FOR, due__lte=now))
    return found.select_related(
        "incident", "organisation", "service__owner", "calendar_version", "target__version__agreement__responsible"
    )


def _may_wake(clock: Clock, now: datetime) -> bool:
    if DAY_BEGINS <= timezone.localtime(now).time() < DAY_ENDS:
        return True
    return bool(clock.calendar_version.work_time().openings(now, now + timedelta(seconds=1)))


def _told(clock: Clock, managers: list[int], known: dict[int, User]) -> Iterator[int]:
    """Who can do something about it: the service's owner, else whoever answers for the agreement, else all managers.
    Nobody who may not see it. `known` keeps each person's roles from one clock to the next.
    """
    for found in (clock.service.owner, clock.target.version.agreement.responsible):
        person = found and known.setdefault(found.pk, found)
        if person and person.is_active and access.holds(person, Permission.SEE_SERVICE_LEVELS, clock.organisation):
            yield person.pk
            return
    yield from managers


def _service_managers() -> list[int]:
    grants = RoleGrant.objects.current().filter(role=Role.SERVICE_MANAGER, organisation=None, user__is_active=True)
    return list(grants.values_list("user", flat=True).distinct())
