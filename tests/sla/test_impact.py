"""A target of an impact: for the incidents that hit so many, it goes before the one that holds whoever is hit."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from sla.actions.agreements import Promise, set_targets, start_agreement_version
from sla.actions.versions import Content, write_draft
from sla.figures.agreements import Change, editions
from sla.models import Clock, Impact, Incident, Metric, Target
from sla.recalculation import recalculate
from sla.words.agreements import deviation, told_change
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.measured import reported


@pytest.fixture
def email(arendal, grimstad):
    for place in (arendal, grimstad):
        make.participation(place)
    return make.service("EPOST", "E-post")


@pytest.fixture
def version(email, arendal, grimstad):
    """Eight hours to solve whatever it hits; in Grimstad six, and two for what hits everyone."""
    version = make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    set_targets(version=version, promises=[Promise(Metric.RESOLUTION, 3, 360)], organisation=grimstad, by=None)
    set_targets(version=version, promises=[Promise(Metric.RESOLUTION, 3, 120)], impact=Impact.EVERYONE, by=None)
    return version


def minutes_of(place) -> dict:
    rows = Clock.objects.filter(organisation=place, target__metric=Metric.RESOLUTION).select_related("target")
    return {row.incident.impact: row.target.minutes for row in rows.select_related("incident")}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([], {None: 360, Impact.EVERYONE: 120, Impact.USER: 360}),
        ([Promise(Metric.RESOLUTION, 3, 90)], {None: 360, Impact.EVERYONE: 90, Impact.USER: 360}),
    ],
    ids=["as for everyone", "its own of the impact too"],
)
def test_the_impact_goes_before_the_owner_and_both_together_before_either(
    version, email, arendal, grimstad, own, expected
):
    if own:
        set_targets(version=version, promises=own, organisation=grimstad, impact=Impact.EVERYONE, by=None)
    for place in (arendal, grimstad):
        for impact in (None, Impact.EVERYONE, Impact.USER):
            reported(email, place, oslo(2026, 8, 3, 9), timedelta(hours=1), impact=impact)

    recalculate()

    assert minutes_of(arendal) == {None: 480, Impact.EVERYONE: 120, Impact.USER: 480}
    assert minutes_of(grimstad) == expected


def test_an_incident_that_turns_out_to_hit_everyone_is_judged_from_its_start(client, version, email, arendal, settings):
    incident = reported(email, arendal, oslo(2026, 8, 3, 9), timedelta(hours=3))
    recalculate()
    assert Clock.objects.get(target__metric=Metric.RESOLUTION).met
    row = {
        "source": incident.source, "external_id": incident.external_id, "municipality": "4203", "service": "EPOST",
        "priority": 3, "impact": 1, "opened": incident.opened.isoformat(), "resolved": incident.resolved.isoformat(),
    }  # fmt: skip
    clerk = make.person("Maskin", "administrator")
    answer = client.post("/api/v1/incidents/upsert/", [row], content_type="application/json", headers=bearer(clerk))
    assert answer.status_code == 200, answer.content
    assert Incident.objects.get().impact == Impact.EVERYONE
    recalculate(incidents=Incident.objects.all())
    clock = Clock.objects.get(target__metric=Metric.RESOLUTION)
    assert (clock.met, clock.due) == (False, oslo(2026, 8, 3, 11))


def test_what_is_no_impact_is_refused_by_the_machine_and_by_the_database(version):
    with pytest.raises(ValidationError, match="omfang"):
        set_targets(
            version=version,
            promises=[Promise(Metric.AVAILABILITY, notice_days=3)],
            impact=Impact.USER,
            by=None,
        )


def test_the_next_version_and_a_draft_begin_with_it(version, email, arendal, grimstad):
    agreement = version.agreement
    content = Content(version.calendar, [(email.pk, arendal.pk)], [Promise(Metric.RESOLUTION, 3, 480)])
    draft = write_draft(agreement=agreement, first_day=date(2026, 10, 1), content=content, by=None)
    assert [(row.impact, row.organisation, row.minutes) for row in draft.targets.order_by("minutes")] == [
        (Impact.EVERYONE, None, 120),
        (None, None, 480),
    ]
    later = start_agreement_version(agreement=agreement, first_day=date(2026, 9, 1), calendar=version.calendar, by=None)
    assert later.targets.get(impact=Impact.EVERYONE).minutes == 120


def test_it_is_written_on_a_page_of_its_own_and_told_as_a_change(client, email, arendal, grimstad, administrator):
    version = make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    promises = [Promise(one.metric, one.priority, one.minutes) for one in version.targets.all()]
    content = Content(version.calendar, [(email.pk, arendal.pk), (email.pk, grimstad.pk)], promises)
    draft = write_draft(agreement=version.agreement, first_day=date(2027, 1, 1), content=content, by=None)
    client.force_login(administrator)
    url = reverse("sla:version-impact", args=[draft.pk, Impact.EVERYONE])
    page = client.get(url).content.decode()
    assert "Felles: 8\u00a0t" in page
    assert "uptime-wanted" not in page
    typed = {"p1-resolution-work": "2 t", "p1-resolution-wanted": "95", "p1-resolution-good_enough": "90"}
    assert client.post(url, typed).status_code == 302
    target = Target.objects.get(version=draft, impact=Impact.EVERYONE)
    assert (target.priority, target.minutes, target.organisation) == (1, 120, None)
    later, earlier = editions(administrator, version.agreement)
    with translation.override("en"):
        assert list(told_change(Change(earlier, later))) == [
            "P1 solution, hits everyone: new, 2\u00a0h, 95%, good enough 90%."
        ]
    own = reverse("sla:version-deviation-impact", args=[draft.pk, grimstad.pk, Impact.EVERYONE])
    assert "Felles: 2\u00a0t" in client.get(own).content.decode()
    assert client.get(reverse("sla:version-impact", args=[draft.pk, 5])).status_code == 404


def test_the_page_of_an_impact_speaks_of_incidents_and_not_of_owners(arendal):
    with translation.override("en"):
        titles = [deviation(owner, Impact.EVERYONE)[0] for owner in (None, arendal)]
    assert titles == [
        "What deviates for incidents that hit everyone",
        "What deviates for Arendal, incidents that hit everyone",
    ]
