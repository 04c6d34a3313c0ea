"""The calculation as an ordinary loop over model instances would do it: the opponent in the benchmark."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sla.models import AgreementVersion, Clock, Coverage, Incident, Target

OSLO = ZoneInfo("Europe/Oslo")
BATCH = 2_000
SINCE = datetime(1970, 1, 1, tzinfo=UTC)


def recalculate_one_by_one(count: int, run_id: int, as_of: datetime) -> None:
    incidents = Incident.objects.order_by("pk").prefetch_related("pauses")[:count]
    Clock.objects.filter(incident__in=incidents.values("pk")).delete()
    clocks = list(_clocks(incidents.iterator(chunk_size=BATCH), run_id, as_of))
    Clock.objects.bulk_create(clocks, batch_size=BATCH)


def _clocks(incidents: Iterator[Incident], run_id: int, as_of: datetime) -> Iterator[Clock]:
    covered: dict[tuple[int, int], list[AgreementVersion]] = {}
    for row in Coverage.objects.select_related("version"):
        covered.setdefault((row.service_id, row.organisation_id), []).append(row.version)
    known = {version for many in covered.values() for version in many}
    versions = {version.pk: version.calendar.version_on(version.first_day) for version in known}
    hours = {calendar.pk: calendar.work_time() for calendar in versions.values()}
    targets: dict[tuple[int, int], list[Target]] = {}
    for target in Target.objects.all():
        targets.setdefault((target.version_id, target.priority), []).append(target)
    for incident in incidents:
        day = incident.opened.astimezone(OSLO).date()
        version = next(one for one in covered[incident.service_id, incident.organisation_id] if day in one.period)
        calendar = versions[version.pk]
        for target in _fitting(targets[version.pk, incident.priority], incident.impact):
            yield _clock(incident, target, calendar.pk, hours[calendar.pk], run_id, as_of)


def _fitting(targets: list[Target], impact: int | None) -> list[Target]:
    """One of each metric: that of the impact before that of any."""
    fitting = sorted((one for one in targets if one.impact in (None, impact)), key=lambda one: one.impact or 0)
    return list({one.metric: one for one in fitting}.values())


def _clock(incident, target, calendar_id, hours, run_id, as_of) -> Clock:
    stop = incident.responded if target.metric == "response" else incident.resolved
    pauses = [(pause.started, pause.ended) for pause in incident.pauses.all()] if target.pauses else []
    due = hours.due(incident.opened, target.work_from(incident.opened, hours), pauses)
    decided = min((instant for instant in (stop, due) if instant), default=None)
    is_decided = decided is not None and decided <= as_of
    end = max(incident.opened, stop or as_of)
    whole = hours.elapsed(incident.opened, end)
    return Clock(
        incident=incident,
        target=target,
        service_id=incident.service_id,
        organisation_id=incident.organisation_id,
        calendar_version_id=calendar_id,
        run_id=run_id,
        work_at_start=hours.elapsed(SINCE, incident.opened).total_seconds(),
        work_at_stop=hours.elapsed(SINCE, end).total_seconds() if stop else None,
        paused_seconds=(whole - hours.elapsed(incident.opened, end, pauses)).total_seconds(),
        due=due,
        month=decided.astimezone(OSLO).date().replace(day=1) if is_decided else None,
        met=(due is None or stop <= due) if stop and is_decided else False if is_decided else None,
        digest=0,
    )
