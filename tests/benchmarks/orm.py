"""The calculation as an ordinary loop over model instances would do it: the opponent in the benchmark."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sla.models import Clock, Coverage, Incident, Target

OSLO = ZoneInfo("Europe/Oslo")
BATCH = 2_000
SINCE = datetime(1970, 1, 1, tzinfo=UTC)


def recalculate_one_by_one(count: int, run_id: int, as_of: datetime) -> None:
    incidents = Incident.objects.order_by("pk").prefetch_related("pauses")[:count]
    Clock.objects.filter(incident__in=incidents.values("pk")).delete()
    clocks = list(_clocks(incidents.iterator(chunk_size=BATCH), run_id, as_of))
    Clock.objects.bulk_create(clocks, batch_size=BATCH)


def _clocks(incidents: Iterator[Incident], run_id: int, as_of: datetime) -> Iterator[Clock]:
    covered = {(row.service_id, row.organisation_id): row.version for row in Coverage.objects.select_related("version")}
    versions = {version.pk: version.calendar.version_on(version.first_day) for version in set(covered.values())}
    hours = {calendar.pk: calendar.work_time() for calendar in versions.values()}
    targets: dict[tuple[int, int], list[Target]] = {}
    for target in Target.objects.all():
        targets.setdefault((target.version_id, target.priority), []).append(target)
    for incident in incidents:
        version = covered[incident.service_id, incident.organisation_id]
        calendar = versions[version.pk]
        for target in targets[version.pk, incident.priority]:
            yield _clock(incident, target, calendar.pk, hours[calendar.pk], run_id, as_of)


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
