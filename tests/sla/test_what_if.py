"""A version tried on the past says just what the past would say, had it held all along."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.access import Role
from partnership.periods import days
from sla.actions.credits import set_credits
from sla.actions.outages import save_outages
from sla.actions.versions import propose_version
from sla.credits.ladder import Step
from sla.credits.reckoning import reckoned
from sla.figures.what_if import what_if
from sla.models import AgreementVersion, Availability, Commitment, Compliance, Coverage, Metric, Stage, Target
from sla.outages.reports import Hit, Report
from sla.querysets import any_of_pairs
from sla.recalculation import recalculate
from sla.recalculation.supposed import Verdict, supposed
from sla.spans import Month
from tests import make, make_bodies
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.measured import BROKEN, HELD, reported
from tests.sla.winter import EVENINGS, NOW, scatter, two_versions

WINTER = (Month(2026, 1), Month(2026, 3))


def kept(pairs) -> dict:
    """The levels in the database, per organisation and metric."""
    found = {}
    for model in (Compliance, Availability):
        rows = model.objects.filter(any_of_pairs(pairs)).in_months(WINTER[0].first, WINTER[1].last)
        found |= rows.levels("organisation", "target__metric")
    return {(owner, Metric(metric)): level for (owner, metric), level in found.items()}


def pairs_of(version: AgreementVersion) -> list:
    return sorted(version.coverage.values_list("service_id", "organisation_id"))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_supposed_is_what_would_have_been(places, seed):
    """The draft is tried; then it really holds from the start, and everything is calculated anew."""
    chance = random.Random(seed)
    agreement = two_versions(places)
    scatter(places, 60, seed)
    save_outages(reports=list(outages(places, chance)), by=None)
    recalculate(as_of=NOW)
    draft = tried(places, agreement)

    found = supposed(draft, pairs_of(draft), WINTER, NOW)

    assert {place: level for place, level in found.before.items() if level.counted} == kept(pairs_of(draft))
    assert found.credits_before == {}
    AgreementVersion.objects.exclude(pk=draft.pk).delete()
    draft.calendar.versions.update(period=days(None))
    AgreementVersion.objects.filter(pk=draft.pk).update(
        stage=Stage.APPROVED, planned_day=None, period=days(date(2000, 1, 1))
    )
    recalculate(as_of=NOW)
    assert {place: level for place, level in found.after.items() if level.counted} == kept(pairs_of(draft))
    given = reckoned(*WINTER, pairs_of(draft))
    assert found.credits_after == {cell: one.percent for cell, one in given.items()} != {}


def tried(places, agreement) -> AgreementVersion:
    """Half the time to solve, twice the time to answer, other hours from next year on, and availability."""
    draft = make.draft(*places[:2], name=agreement.name, metric=Metric.RESOLUTION, priority=3, minutes=120)
    draft.calendar.versions.update(period=days(date(2027, 1, 1)), weekly=EVENINGS)
    for priority in (1, 2, 4):
        Target.objects.create(
            version=draft, metric=Metric.RESPONSE, priority=priority, minutes=90 * priority, pauses=bool(priority % 2)
        )
    Target.objects.create(
        version=draft, metric=Metric.AVAILABILITY, wanted="0.999", good_enough="0.99", notice_days=2, pauses=False
    )
    draft.targets.exclude(metric=Metric.RESPONSE).update(commitment=Commitment.GUARANTEE)
    ladder = [Step(Decimal(0), Decimal(5)), Step(Decimal(10), Decimal(8))]
    ladders = {Metric.RESOLUTION: ladder, Metric.AVAILABILITY: ladder, Metric.RESPONSE: ladder}
    set_credits(version=draft, cap=Decimal(12), ladders=ladders, by=None)
    return draft


def outages(places, chance):
    for number in range(6):
        started = oslo(2026, 1, 5, 8) + chance.randrange(80) * (oslo(2026, 1, 6, 8) - oslo(2026, 1, 5, 8))
        yield Report(
            source="a",
            external_id=str(number),
            hits=[Hit(*chance.choice(places[:2]))],
            started=started,
            ended=started.replace(hour=8 + chance.randrange(1, 9)),
        )


@pytest.fixture
def email(arendal, grimstad):
    for place in (arendal, grimstad):
        make.participation(place)
    return make.service("EPOST", "E-post")


def test_the_version_in_force_changes_nothing(email, arendal):
    version = make.agreement((email, arendal))
    for day, taking in ((3, HELD), (10, BROKEN)):
        reported(email, arendal, oslo(2026, 8, day, 9), taking)
    recalculate()

    found = supposed(version, [(email.pk, arendal.pk)], (Month(2026, 7), Month(2026, 9)), NOW.replace(month=10))

    assert (found.before, len(found.changes)) == (found.after, 0)
    assert found.before[arendal.pk, Metric.RESOLUTION].met == 1


def test_each_deadline_that_would_be_judged_otherwise_is_named(email, arendal, grimstad):
    version = make.agreement((email, arendal))
    held = reported(email, arendal, oslo(2026, 8, 3, 9), HELD)
    without = reported(email, grimstad, oslo(2026, 8, 4, 9), HELD)
    reported(email, arendal, oslo(2026, 3, 4, 9), HELD)  # before the months that are asked about
    recalculate()
    draft = make.draft((email, arendal), (email, grimstad), minutes=60)
    Target.objects.filter(version=version, metric="response").delete()

    found = supposed(draft, pairs_of(draft), (Month(2026, 7), Month(2026, 9)), NOW.replace(month=11))

    assert list(found.changes.rows()) == [
        (without.pk, Metric.RESOLUTION, Verdict.NONE, Verdict.BROKEN),
        (held.pk, Metric.RESOLUTION, Verdict.HELD, Verdict.BROKEN),
    ]


@pytest.fixture
def proposal(email, arendal, grimstad) -> AgreementVersion:
    make.agreement((email, arendal), (email, grimstad))
    for place in (arendal, grimstad):
        reported(email, place, oslo(2026, 8, 3, 9), HELD)
    recalculate()
    draft = make.draft((email, arendal), (email, grimstad), minutes=60)
    return propose_version(version=draft, proposed_to=make_bodies.body(), by=None)


def test_the_page_tells_what_would_change(client, administrator, proposal, arendal):
    client.force_login(administrator)
    url = reverse("sla:version-what-if", args=[proposal.pk])
    page = client.get(url, {"months": "36"})

    assert page.status_code == 200
    text = page.content.decode().replace("\u00a0", " ")
    assert page.context["title"].replace("\u00a0", " ") == "Løst innen frist hadde vært 0,0 % i stedet for 100 %"
    assert "2 ble holdt og hadde blitt brutt" in text
    lines = b"".join(client.get(url + page.context["csv_url"]).streaming_content).decode("utf-8-sig").splitlines()
    assert (lines[0].split(";")[0], len(lines)) == ("Feil", 5)  # nothing is promised of answers either


def test_where_nothing_would_change_the_title_says_so(client, administrator, email, arendal):
    version = make.agreement((email, arendal))
    reported(email, arendal, oslo(2026, 8, 3, 9), HELD)
    recalculate()
    draft = make.draft((email, arendal), minutes=470)
    for target in version.targets.filter(metric=Metric.RESPONSE):
        target.pk, target.version = None, draft
        target.save()
    client.force_login(administrator)
    page = client.get(reverse("sla:version-what-if", args=[draft.pk]), {"months": "36"})
    assert page.context["title"] == "Ingen av tallene for eierne samlet hadde vært annerledes"


def test_a_municipality_sees_what_would_change_for_itself(client, proposal, arendal):
    client.force_login(make.person("Kari Lie", Role.ORDER_PLACER, at=arendal))
    page = client.get(reverse("sla:version-what-if", args=[proposal.pk]), {"months": "36"})
    assert "Grimstad" not in page.content.decode()
    assert "1 ble holdt og hadde blitt brutt" in page.content.decode()


def test_a_draft_is_tried_by_those_who_write_it_only(client, email, arendal, grimstad):
    draft = make.draft((email, arendal))
    client.force_login(make.person("Kari Lie", Role.ORDER_PLACER, at=arendal))
    assert client.get(reverse("sla:version-what-if", args=[draft.pk])).status_code == 404


def test_other_lengths_are_not_offered(client, administrator, proposal):
    client.force_login(administrator)
    url = reverse("sla:version-what-if", args=[proposal.pk])
    assert client.get(url, {"months": "7"}).context["form"].errors
    assert what_if(administrator, proposal, 3).months[0].shifted(2) == what_if(administrator, proposal, 3).months[1]


def test_rest_tells_the_same(client, administrator, proposal, arendal):
    url = f"/api/v1/agreements/{proposal.agreement_id}/what-if/?months=36"
    (row,) = [
        row
        for row in client.get(url, headers=bearer(administrator)).json()
        if row["municipality"] == "4203" and row["metric"] == "resolution"
    ]
    wanted = {"counted": 1, "wanted": "0.900000"}
    assert row["before"] == wanted | {"met": 1, "status": "on_target"}
    assert row["after"] == wanted | {"met": 0, "status": "not_good_enough"}
    assert Coverage.objects.filter(version=proposal).count() == 2
    otherwise = f"/api/v1/agreements/{proposal.agreement_id}/what-if-incidents/?months=36&limit=3"
    page = client.get(otherwise, headers=bearer(administrator)).json()
    told = {(one["municipality"], one["metric"], one["before"], one["after"]) for one in page["results"]}
    assert page["count"] == 4
    assert len(page["results"]) == len(told) == 3
    assert {one[1:] for one in told} == {("resolution", "held", "broken"), ("response", "held", "none")}


def test_an_owner_that_the_version_drops_would_have_had_no_promise(client, administrator, email, arendal, grimstad):
    make.agreement((email, arendal), (email, grimstad))
    for place in (arendal, grimstad):
        reported(email, place, oslo(2026, 8, 3, 9), HELD)
    recalculate()
    draft = make.draft((email, arendal), minutes=600)
    found = what_if(administrator, draft, 36)
    told = {owner.name: found.of(owner, Metric.RESOLUTION) for owner in found.owners}
    assert {name: (one.before.counted, one.after.counted) for name, one in told.items()} == {
        "Arendal": (1, 1),
        "Grimstad": (1, 0),
    }
    assert found.found.changes.count(Verdict.HELD, Verdict.NONE) == 3  # an answer in both, a solution in Grimstad


def test_a_version_that_is_approved_since_can_still_be_tried(client, administrator, email, arendal, grimstad):
    """The address of a draft that was shared with the board before the meeting."""
    first = make.agreement((email, arendal), (email, grimstad), last=date(2026, 5, 31))
    second = AgreementVersion.objects.create(
        agreement=first.agreement, number=2, calendar=first.calendar, period=days(date(2026, 6, 1))
    )
    Coverage.objects.create(version=second, service=email, organisation=arendal, period=second.period)
    client.force_login(administrator)
    for version, owners in ((first, {arendal, grimstad}), (second, {arendal, grimstad})):
        assert client.get(reverse("sla:version-what-if", args=[version.pk])).status_code == 200
        assert set(what_if(administrator, version, 12).owners) == owners
