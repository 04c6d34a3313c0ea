"""What one owner is promised otherwise: a target of the same version that replaces the common one for it alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partnership.access import Role
from sla.actions.agreements import Promise, set_coverage, set_targets, start_agreement_version
from sla.actions.outages import save_outages
from sla.figures.agreements import Change, editions
from sla.models import Availability, Clock, Commitment, Metric, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from sla.recalculation.supposed import supposed
from sla.spans import Month
from sla.words.agreements import told_change
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.measured import reported

AUGUST = (Month(2026, 8), Month(2026, 8))


@pytest.fixture
def email(arendal, grimstad):
    for place in (arendal, grimstad):
        make.participation(place)
    return make.service("EPOST", "E-post")


@pytest.fixture
def version(email, arendal, grimstad):
    """Eight hours to solve; in Grimstad four, for priority 3."""
    version = make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    deviate(version, grimstad, Promise(Metric.RESOLUTION, 3, 240))
    return version


def deviate(version, owner, *promises) -> None:
    set_targets(version=version, promises=promises, organisation=owner, by=None)


def verdicts(owner) -> dict:
    rows = Clock.objects.filter(organisation=owner).select_related("target", "incident")
    return {(row.incident.priority, row.target.metric): (row.target.minutes, row.met) for row in rows}


def test_it_replaces_the_common_target_for_that_owner_and_that_target_only(version, email, arendal, grimstad):
    for owner in (arendal, grimstad):
        for priority in (2, 3):
            reported(email, owner, oslo(2026, 8, 3, 9), timedelta(hours=6), priority=priority)

    recalculate()

    assert verdicts(arendal) == {
        (2, "response"): (60, True),
        (2, "resolution"): (480, True),
        (3, "response"): (60, True),
        (3, "resolution"): (480, True),
    }
    assert verdicts(grimstad) == verdicts(arendal) | {(3, "resolution"): (240, False)}


def test_a_promise_to_one_owner_only_is_nobody_elses(email, arendal, grimstad):
    version = make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    version.targets.all().delete()
    deviate(version, grimstad, Promise(Metric.RESOLUTION, 3, 240))
    for owner in (arendal, grimstad):
        reported(email, owner, oslo(2026, 8, 3, 9), timedelta(hours=6))

    recalculate()

    assert (verdicts(arendal), verdicts(grimstad)) == ({}, {(3, "resolution"): (240, False)})


def test_availability_deviates_too(version, email, arendal, grimstad):
    up = Promise(Metric.AVAILABILITY, wanted=Decimal("0.99"), good_enough=Decimal("0.98"), notice_days=3)
    common = [Promise(target.metric, target.priority, target.minutes) for target in version.targets.common()]
    set_targets(version=version, promises=[*common, up], by=None)
    better = Promise(Metric.AVAILABILITY, wanted=Decimal("0.999"), good_enough=Decimal("0.99"), notice_days=10)
    deviate(version, grimstad, better)
    started = oslo(2026, 8, 4, 9)
    save_outages(
        reports=[
            Report(source="a", external_id="1", hits=[Hit(email, None)], started=started, ended=oslo(2026, 8, 4, 10))
        ],
        by=None,
    )

    recalculate()

    rows = Availability.objects.filter(month=date(2026, 8, 1)).order_by("organisation__sort_key")
    assert [(row.organisation, row.wanted, row.down_seconds) for row in rows] == [
        (arendal, Decimal("0.99"), 3600),
        (grimstad, Decimal("0.999"), 3600),
    ]


def test_the_next_version_begins_with_what_deviates(version, grimstad):
    later = start_agreement_version(
        agreement=version.agreement, first_day=date(2026, 9, 1), calendar=version.calendar, by=None
    )
    assert [(target.organisation, target.minutes) for target in later.targets.exclude(organisation=None)] == [
        (grimstad, 240)
    ]


def test_who_is_covered_no_more_has_nothing_that_deviates(version, email, arendal, grimstad):
    set_coverage(version=version, pairs=[(email.pk, arendal.pk)], by=None)
    assert not version.targets.exclude(organisation=None).exists()
    with pytest.raises(ValidationError, match="dekker ikke"):
        deviate(version, grimstad, Promise(Metric.RESOLUTION, 3, 240))


def test_a_draft_is_tried_with_what_deviates_in_it(email, arendal, grimstad):
    make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    for owner in (arendal, grimstad):
        reported(email, owner, oslo(2026, 8, 3, 9), timedelta(hours=2))
    recalculate()
    draft = make.draft((email, arendal), (email, grimstad))
    deviate(draft, grimstad, Promise(Metric.RESOLUTION, 3, 60))

    found = supposed(draft, [(email.pk, arendal.pk), (email.pk, grimstad.pk)], AUGUST, oslo(2026, 9, 5, 12))

    met = {owner: level.met for (owner, metric), level in found.after.items() if metric == Metric.RESOLUTION}
    assert met == {arendal.pk: 1, grimstad.pk: 0}


@pytest.fixture
def draft(email, arendal, grimstad):
    make.agreement((email, arendal), (email, grimstad))
    return make.draft((email, arendal), (email, grimstad))


def typed(**lines: str) -> dict[str, str]:
    return {
        "p3-resolution-wanted": "95",
        "p3-resolution-good_enough": "90",
        "p3-resolution-commitment": "guarantee",
    } | lines


def test_it_is_written_on_a_sheet_that_tells_what_is_common(client, administrator, draft, grimstad):
    client.force_login(administrator)
    url = reverse("sla:version-deviation", args=[draft.pk, grimstad.pk])
    assert "Felles: 4\u00a0t, mål 90\u00a0%" in client.get(url).content.decode()

    client.post(url, typed(**{"p3-resolution-work": "2 t"}))

    own = Target.objects.get(version=draft, organisation=grimstad)
    assert (own.minutes, own.wanted, own.commitment) == (120, Decimal("0.95"), Commitment.GUARANTEE)
    assert draft.targets.common().count() == 1
    page = client.get(reverse("sla:agreement-detail", args=[draft.agreement_id])).content.decode()
    assert "P3 løsning, Grimstad" in page
    assert "garanti" in page
    client.post(url, typed(**{"p3-resolution-work": ""}))
    assert not draft.targets.exclude(organisation=None).exists()


def test_writing_the_draft_again_keeps_what_deviates(client, administrator, draft, email, arendal, grimstad):
    deviate(draft, grimstad, Promise(Metric.RESOLUTION, 3, 60))
    client.force_login(administrator)
    sheet = {
        "first_day": "01.08.2027",
        "calendar": str(draft.calendar_id),
        "covered": [f"{email.pk}-{arendal.pk}", f"{email.pk}-{grimstad.pk}"],
        "p3-resolution-work": "3 t",
        "p3-resolution-wanted": "90",
        "p3-resolution-good_enough": "80",
    }
    client.post(reverse("sla:version-draft", args=[draft.agreement_id]), sheet)
    assert sorted(draft.targets.values_list("organisation", "minutes"), key=str) == [(grimstad.pk, 60), (None, 180)]


def test_a_draft_on_the_sheet_begins_with_what_deviates_in_the_version_before(
    client, administrator, version, email, arendal, grimstad
):
    deviate(version, arendal, Promise(Metric.RESPONSE, 1, 10))
    client.force_login(administrator)
    sheet = {
        "first_day": "01.08.2027",
        "calendar": str(version.calendar_id),
        "covered": [f"{email.pk}-{grimstad.pk}"],
        "p3-resolution-work": "3 t",
        "p3-resolution-wanted": "90",
        "p3-resolution-good_enough": "80",
    }

    client.post(reverse("sla:version-draft", args=[version.agreement_id]), sheet)

    draft = version.agreement.versions.open().get()
    assert sorted(draft.targets.values_list("organisation", "minutes"), key=str) == [(grimstad.pk, 240), (None, 180)]


def test_what_deviates_for_another_owner_is_not_told(client, version, arendal, grimstad, administrator):
    kari = make.person("Kari Lie", Role.ORDER_PLACER, at=arendal)
    client.force_login(kari)
    page = client.get(reverse("sla:agreement-detail", args=[version.agreement_id])).content.decode()
    assert "P3 løsning, Grimstad" not in page
    assert municipalities(client, kari) == {None}
    assert municipalities(client, administrator) == {None, "4202"}


def municipalities(client, person) -> set:
    (agreement,) = client.get("/api/v1/agreements/", headers=bearer(person)).json()["results"]
    return {target["municipality"] for version in agreement["versions"] for target in version["targets"]}


def test_what_came_to_deviate_is_told_as_a_change(version, grimstad, administrator):
    later = start_agreement_version(
        agreement=version.agreement, first_day=date(2026, 9, 1), calendar=version.calendar, by=None
    )
    deviate(later, grimstad, Promise(Metric.RESOLUTION, 3, 120))
    newest, before = editions(administrator, version.agreement)
    said = [line.replace("\u00a0", " ") for line in told_change(Change(before, newest))]
    assert said == ["P3 løsning, Grimstad: 2 t, før 4 t."]


def test_a_line_starts_from_what_is_common_so_that_nothing_else_deviates(client, email, arendal, administrator):
    draft = make.draft((email, arendal), wanted="0.85", good_enough="0.75", pauses=False)
    up = {"wanted": "0.995", "good_enough": "0.985", "notice_days": 5, "pauses": False, "commitment": "guarantee"}
    Target.objects.create(version=draft, metric=Metric.AVAILABILITY, **up)
    lead = {"days": 5, "wanted": "0.95", "good_enough": "0.9", "pauses": False, "commitment": "guarantee"}
    Target.objects.create(version=draft, metric=Metric.LEAD_TIME, **lead)
    client.force_login(administrator)
    sheet = client.get(reverse("sla:version-deviation", args=[draft.pk, arendal.pk])).context["form"]
    line = next(line for line in sheet.lines if (line.priority, line.metric) == (3, Metric.RESOLUTION))
    assert {name: line[name].value() for name in ("work", "wanted", "good_enough", "pauses")} == {
        "work": "",
        "wanted": 85,
        "good_enough": 75,
        "pauses": False,
    }
    assert [sheet.uptime[name].value() for name in ("wanted", "notice_days", "commitment")] == [None, 5, "guarantee"]
    delivery = sheet.lead_times[0]
    assert [delivery[name].value() for name in ("days", "wanted", "commitment")] == [None, 95, "guarantee"]


def test_what_is_missing_is_told_at_its_field(client, email, arendal, administrator):
    draft = make.draft((email, arendal))
    client.force_login(administrator)
    url = reverse("sla:version-deviation", args=[draft.pk, arendal.pk])
    sheet = client.post(url, {"uptime-wanted": "99,9", "uptime-notice_days": "3", "lead-other-days": "2-3"}).context[
        "form"
    ]
    assert list(sheet.uptime.errors) == ["good_enough"]
    assert list(sheet.lead_times[0].errors) == ["days"]
    assert sheet.lead_times[0]["days"].value() == "2-3"
