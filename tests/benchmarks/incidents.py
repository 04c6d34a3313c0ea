"""Incidents by the million for benchmarks: made inside the database, the same ones every time."""

from datetime import date, timedelta

from django.db import connection

from partnership.models import Municipality
from partnership.periods import days
from sla.models import AgreementVersion, Coverage, Impact, Metric, Target
from tests import make

MUNICIPALITIES, SERVICES = 8, 6
ALONE = "5601"
FIRST_DAY, FIVE_YEARS = date(2021, 1, 1), timedelta(days=5 * 365 + 1)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
IN_DAYS = {"days": 5}
SLOWEST = {"metric": Metric.RESOLUTION, "priority": 4, "pauses": True}

INCIDENTS = """
    insert into sla_incident (source, external_id, organisation_id, service_id, priority, impact, title, state,
        opened, responded, resolved)
    select 'bench', 'INC' || lpad((%(first)s + n)::text, 9, '0'),
        (%(organisations)s)[1 + floor(random() * %(organisation_count)s)],
        (%(services)s)[1 + floor(random() * %(service_count)s)],
        1 + floor(random() * 4), nullif(floor(random() * 5), 0), 'Feil', 'Closed', opened,
        case when responded <= now() then responded end, case when resolved <= now() then resolved end
    from (select n, opened,
              case when random() < 0.99 then date_trunc('second', opened + (3 * random() ^ 3) * interval '1 day') end
                  as responded,
              case when random() < 0.98 then date_trunc('second', opened + (20 * random() ^ 4) * interval '1 day') end
                  as resolved
          from (select n,
                    date_trunc('minute', %(first_day)s::timestamptz + %(length)s * (n / %(count)s::float)) as opened
                from generate_series(1, %(count)s) as n) as openings) as happenings
"""
PAUSES = """
    insert into sla_pause (incident_id, started, ended, reason)
    select id, started,
        case when random() < 0.99 or resolved is not null then date_trunc('second', started + span / 5) end,
        'Awaiting User'
    from (select id, resolved, span, date_trunc('second', opened + random() * span) as started
          from (select id, opened, resolved, coalesce(resolved - opened, interval '3 days') as span,
                    floor(random() * 4)::int as pauses
                from sla_incident where id > %(after)s) as incidents
          cross join lateral generate_series(1, pauses)) as spans
"""


def make_crowd() -> AgreementVersion:
    """An agreement of every service with every municipality."""
    rows = Municipality.objects.order_by("number")[:MUNICIPALITIES]
    organisations = [make.organisation(row.number) for row in rows]
    services = [make.service(f"T{number}", f"Tjeneste {number}") for number in range(SERVICES)]
    return make.agreement(*((service, owner) for service in services for owner in organisations))


def followed(first: AgreementVersion) -> AgreementVersion:
    """The second version holds from the middle, with hours and targets of its own: one of them in working days, and one
    for what hits everyone.
    """
    middle = date(2023, 7, 1)
    first.period = days(FIRST_DAY, middle - timedelta(days=1))
    first.save()
    longer = make.calendar(f"Lengre tider, {first.agreement}", weekly={day: [["07:00", "20:00"]] for day in WORKDAYS})
    second = AgreementVersion.objects.create(agreement=first.agreement, number=2, calendar=longer, period=days(middle))
    Coverage.objects.bulk_create(
        Coverage(version=second, service=row.service, organisation=row.organisation, period=second.period)
        for row in first.coverage.select_related("service", "organisation")
    )
    for target in first.targets.all():
        kept = {"metric": target.metric, "priority": target.priority, "pauses": target.pauses}
        Target.objects.create(
            version=second, **kept, **(IN_DAYS if kept == SLOWEST else {"minutes": target.minutes // 2})
        )
    Target.objects.create(
        version=second, metric=Metric.RESOLUTION, priority=1, impact=Impact.EVERYONE, minutes=90, pauses=True
    )
    return second


def make_one() -> AgreementVersion:
    """An agreement of one service with one municipality."""
    return make.agreement((make.service("EN", "Alene"), make.organisation(ALONE)), name="Egen avtale")


def make_incidents(
    version: AgreementVersion,
    count: int,
    *,
    seed: float = 0.5,
    first_day: date = FIRST_DAY,
    length: timedelta = FIVE_YEARS,
) -> None:
    """`count` more incidents in the order they opened over five years, or over `length`, each with no to three pauses.

    They fall evenly on the pairs of `version`. History triggers rest meanwhile.
    """
    places = {
        "organisations": list(version.coverage.values_list("organisation", flat=True).distinct()),
        "services": list(version.coverage.values_list("service", flat=True).distinct()),
    }
    counts = {"organisation_count": len(places["organisations"]), "service_count": len(places["services"])}
    since = {"first_day": first_day, "length": length}
    with connection.cursor() as cursor:
        after = _last_incident(cursor)
        _set_triggers(cursor, "disable")
        cursor.execute("select setseed(%s)", [seed])
        cursor.execute(INCIDENTS, places | counts | {"first": after, "count": count, **since})
        cursor.execute(PAUSES, {"after": after})
        _set_triggers(cursor, "enable")
        cursor.execute("analyze sla_incident, sla_pause")


def _last_incident(cursor) -> int:
    cursor.execute("select coalesce(max(id), 0) from sla_incident")
    return cursor.fetchone()[0]


def _set_triggers(cursor, verb: str) -> None:
    cursor.execute("set constraints all immediate")
    for table in ("sla_incident", "sla_pause"):
        cursor.execute(f"alter table {table} {verb} trigger user")
