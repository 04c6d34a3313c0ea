"""Service credits: off until a version turns them on, proposed from what was guaranteed, and decided by a person."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from sla.actions.agreements import Promise, set_targets, start_agreement_version
from sla.actions.credits import Proposed, decide_credit, propose_credits, set_credits
from sla.actions.versions import propose_version, write_credits
from sla.credits.ladder import Step, UnreadableLadder, capped, credit, parse_ladder
from sla.levels import Level
from sla.models import Commitment, Credit, CreditLine, CreditState, Metric, PhaseChange, Target
from sla.recalculation import recalculate
from sla.spans import month_of
from sla.words import credits as words
from tests import make, make_bodies
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.measured import BROKEN, HELD, reported

LADDER = [Step(Decimal(0), Decimal(5)), Step(Decimal("0.5"), Decimal(10)), Step(Decimal(1), Decimal(15))]
JSON = "application/json"
NOW = oslo(2026, 10, 5, 8)
GUARANTEED = Promise(Metric.RESOLUTION, 3, 480, Decimal("0.90"), Decimal("0.80"), commitment=Commitment.GUARANTEE)


@pytest.mark.parametrize(
    ("counted", "met", "percent"),
    [(1000, 995, 0), (1000, 994, 5), (1000, 990, 10), (100_000, 99_001, 5), (1000, 985, 15), (0, 0, 0)],
    ids=["met", "just missed", "at a step", "a hair above the step", "the last step", "not measured"],
)
def test_the_highest_step_that_is_reached_holds(counted, met, percent):
    level = Level(counted, met, Decimal("0.995") * counted, Decimal("0.99") * counted)
    assert credit(level, LADDER) == percent


def test_a_ladder_that_begins_lower_lets_a_small_miss_be():
    level = Level(1000, 994, Decimal(995), Decimal(990))
    assert credit(level, LADDER[1:]) == 0
    assert capped([Decimal(10), Decimal(20)], Decimal(15)) == 15


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("0: 5; 0,5: 10", LADDER[:2]),
        ("0,5 % = 10 %\n0: 5", LADDER[:2]),
        ("", []),
    ],
)
def test_a_ladder_is_read_as_it_is_typed(text, steps):
    assert parse_ladder(text) == steps


@pytest.mark.parametrize("text", ["fem", "0: 5; 0: 6", "0: 10; 0,5: 5", "0: 0", "0: 101", "101: 5", "0,123: 5", "5"])
def test_what_is_no_ladder_is_refused(text):
    with pytest.raises(UnreadableLadder):
        parse_ladder(text)


@pytest.fixture
def email(arendal):
    make.participation(arendal)
    return make.service("EPOST", "E-post")


@pytest.fixture
def version(email, arendal):
    """Nine of ten solved in time is guaranteed; a miss gives 5 %, of half a point 10, of a whole 15, the most."""
    version = make.agreement((email, arendal), first=date(2026, 1, 1))
    set_targets(version=version, promises=[GUARANTEED], by=None)
    set_credits(version=version, cap=Decimal(15), ladders={Metric.RESOLUTION: LADDER}, by=None)
    return version


def august(email, arendal, held: int, broken: int) -> None:
    for number in range(held + broken):
        reported(email, arendal, oslo(2026, 8, 3, 8, number), HELD if number < held else BROKEN)
    recalculate(as_of=NOW)


def known() -> list[tuple]:
    return [(row.service.code, row.month, row.percent, row.state, row.decided) for row in Credit.objects.all()]


def test_a_month_is_proposed_once_and_follows_the_figures(version, email, arendal):
    august(email, arendal, held=8, broken=2)
    assert propose_credits(by=None, now=NOW) == Proposed(new=1)
    assert known() == [("EPOST", date(2026, 8, 1), 15, "proposed", None)]
    line = Credit.objects.get().lines.get()
    assert (line.metric, line.counted, line.met, line.wanted, line.percent) == ("resolution", 10, 8, Decimal(9), 15)
    assert propose_credits(by=None, now=NOW) == Proposed()
    august(email, arendal, held=0, broken=1)
    assert propose_credits(by=None, now=NOW) == Proposed(changed=1)
    for number in range(60):
        reported(email, arendal, oslo(2026, 8, 4, 8, number), HELD)
    recalculate(as_of=NOW)
    assert propose_credits(by=None, now=NOW) == Proposed(taken_back=1)
    assert known() == []


@pytest.mark.parametrize(
    "free",
    ["no credits", "a declaration", "a trial", "this month"],
)
def test_what_is_not_guaranteed_and_in_operation_gives_nothing(free, version, email, arendal):
    if free == "no credits":
        set_credits(version=version, cap=None, ladders={}, by=None)
    if free == "a declaration":
        version.targets.update(commitment=Commitment.DECLARATION)
    if free == "a trial":
        PhaseChange.objects.create(agreement=version.agreement, phase="trial", day=date(2026, 1, 1))
        PhaseChange.objects.create(agreement=version.agreement, phase="operation", day=date(2026, 8, 2))
    august(email, arendal, held=1, broken=1)
    now = oslo(2026, 8, 31, 12) if free == "this month" else NOW
    assert propose_credits(by=None, now=now) == Proposed()


def test_of_two_versions_in_a_month_the_ladder_of_the_last_holds_for_both(version, email, arendal):
    later = start_agreement_version(
        agreement=version.agreement, first_day=date(2026, 8, 10), calendar=version.calendar, by=None
    )
    assert later.credit_steps.count() == 3
    gentler = [Step(Decimal(0), Decimal(3))]
    set_credits(version=later, cap=Decimal(3), ladders={Metric.RESOLUTION: gentler}, by=None)
    reported(email, arendal, oslo(2026, 8, 3, 8), BROKEN)
    reported(email, arendal, oslo(2026, 8, 12, 8), HELD)
    recalculate(as_of=NOW)
    propose_credits(by=None, now=NOW)
    one = Credit.objects.get()
    assert (one.version, one.percent, one.lines.get().counted) == (later, 3, 2)


def test_what_is_decided_stands_and_shows_where_the_figures_have_moved(version, email, arendal, administrator):
    august(email, arendal, held=1, broken=1)
    propose_credits(by=None, now=NOW)
    with pytest.raises(ValidationError, match="hvorfor"):
        decide_credit(credit=Credit.objects.get(), state=CreditState.CONFIRMED, reason=" ", by=administrator)
    decide_credit(credit=Credit.objects.get(), state=CreditState.CONFIRMED, reason="Vår feil.", by=administrator)
    for number in range(30):
        reported(email, arendal, oslo(2026, 8, 4, 8, number), HELD)
    recalculate(as_of=NOW)
    assert propose_credits(by=None, now=NOW) == Proposed()
    one = Credit.objects.get()
    assert (one.percent, one.decided, one.has_moved, one.lines.count()) == (0, 15, True, 0)
    with pytest.raises(ValidationError, match="ingenting å bekrefte"):
        decide_credit(credit=one, state=CreditState.CONFIRMED, reason="Likevel.", by=administrator)
    waived = decide_credit(credit=one, state=CreditState.WAIVED, reason="Rettet.", by=administrator)
    assert (waived.decided, waived.has_moved) == (0, False)


def test_a_cap_and_a_ladder_belong_together(version):
    with pytest.raises(ValidationError) as no_cap:
        set_credits(version=version, cap=None, ladders={Metric.RESOLUTION: LADDER}, by=None)
    assert list(no_cap.value.message_dict) == ["cap"]
    with pytest.raises(ValidationError, match="trinn"):
        set_credits(version=version, cap=Decimal(5), ladders={Metric.RESOLUTION: []}, by=None)
    with pytest.raises(ValidationError) as above:
        set_credits(version=version, cap=Decimal(5), ladders={Metric.RESOLUTION: LADDER}, by=None)
    assert list(above.value.message_dict) == ["resolution"]


def test_a_draft_whose_ladder_could_never_give_anything_is_not_proposed(email, arendal):
    draft = make.draft((email, arendal))
    write_credits(version=draft, cap=Decimal(15), ladders={Metric.AVAILABILITY: LADDER}, by=None)
    with pytest.raises(ValidationError, match="garanti"):
        propose_version(version=draft, proposed_to=make_bodies.body(), by=None)


def test_it_is_typed_on_a_page_and_told_in_words(client, administrator, email, arendal):
    draft = make.draft((email, arendal))
    up = {"wanted": "0.995", "good_enough": "0.99", "notice_days": 3, "pauses": False, "commitment": "guarantee"}
    Target.objects.create(version=draft, metric=Metric.AVAILABILITY, **up)
    client.force_login(administrator)
    url = reverse("sla:version-credits", args=[draft.pk])
    refused = client.post(url, {"cap": "10", "availability": "fem", "resolution": "0: 5"})
    assert list(refused.context["form"].errors) == ["availability", "resolution"]
    assert 'value="fem"' in refused.content.decode()
    assert client.post(url, {"cap": "10", "availability": "0: 5; 0,5: 10"}).status_code == 302
    page = client.get(reverse("sla:agreement-detail", args=[draft.agreement_id])).content.decode()
    told = "Høyst 10\xa0% av prisen for måneden; oppetid: 5\xa0% under målet, 10\xa0% fra 0,5 prosentpoeng under målet"
    assert told in page
    assert 'value="0: 5; 0,5: 10"' in client.get(url).content.decode()


def test_what_they_give_together_is_cut_at_the_cap_and_says_so(arendal):
    one = make.credit(arendal, percent=8)
    CreditLine.objects.create(credit=one, metric=Metric.RESPONSE, counted=10, met=5, wanted=9, percent=10)
    with translation.override("nb"):
        said = words.total(one, one.lines.all(), Decimal(8))
    assert said == "5\xa0% og 10\xa0% blir 15\xa0%. Avtalen gir høyst 8\xa0%."


@pytest.fixture
def proposed(version, email, arendal):
    august(email, arendal, held=8, broken=2)
    propose_credits(by=None, now=NOW)
    return Credit.objects.get()


def test_the_pages_show_the_arithmetic_and_take_the_decision(client, administrator, proposed):
    client.force_login(administrator)
    page = client.get(reverse("sla:credit-detail", args=[proposed.pk])).content.decode()
    assert "80,0\xa0%, mål 90\xa0%: 10 prosentpoeng under." in page
    assert "Det gir 15\xa0%." in page
    url = reverse("sla:credit-decide", args=[proposed.pk])
    refused = client.post(url, {"state": "waived", "reason": ""})
    assert (refused.status_code, Credit.objects.get().state) == (422, "proposed")
    assert client.post(url, {"state": "waived", "reason": "Avklart med styret."}).status_code == 302
    one = Credit.objects.get()
    assert (one.state, one.decided, one.decided_by) == ("waived", 0, administrator)
    rows = client.get(reverse("sla:credit-list"), {"format": "csv", "state": "waived"})
    assert "Avklart med styret." in b"".join(rows).decode()
    confirmed = client.get(reverse("sla:credit-list"), {"format": "csv", "state": "confirmed"})
    assert "Avklart" not in b"".join(confirmed).decode()


def test_one_decision_may_be_for_every_owner_of_the_service_that_month(client, administrator, proposed, grimstad):
    beside = Credit.objects.create(
        version=proposed.version, service=proposed.service, organisation=grimstad, month=proposed.month, percent=5
    )
    another = make.credit(grimstad)
    client.force_login(administrator)
    url = reverse("sla:credit-decide", args=[proposed.pk])
    assert "Det samme for 1 annen eier" in client.get(url).content.decode()
    client.post(url, {"state": "confirmed", "reason": "Vår feil.", "for_others": "on"})
    assert {row.pk: (row.state, row.decided) for row in Credit.objects.all()} == {
        proposed.pk: ("confirmed", 15),
        beside.pk: ("confirmed", 5),
        another.pk: ("proposed", None),
    }
    assert "Det samme for" not in client.get(reverse("sla:credit-decide", args=[another.pk])).content.decode()


def test_it_waits_at_the_managers_home(client, administrator, proposed):
    client.force_login(administrator)
    assert "1 prisavslag venter på avgjørelse" in client.get(reverse("portal:home")).content.decode()


def test_the_list_takes_the_same_queries_for_one_and_three(client, administrator, arendal, django_assert_num_queries):
    client.force_login(administrator)
    for month in (1, 2, 3):
        make.credit(arendal, month=date(2026, month, 1))
        if month != 2:
            client.get(reverse("sla:credit-list"))
            with django_assert_num_queries(7):
                client.get(reverse("sla:credit-list"))


def test_a_machine_reads_what_is_confirmed_and_decides(client, proposed, arendal, administrator, order_placer):
    path = f"/api/v1/credits/{proposed.pk}/decide/"
    said = {"state": "confirmed", "reason": "Vår feil."}
    foreign = make.person("Eli", "administrator", at=None)
    assert client.post(path, said, JSON, headers=bearer(order_placer)).status_code == 403
    assert client.post(path, {"state": "proposed"}, JSON, headers=bearer(foreign)).status_code == 400
    assert client.post(path, said, JSON, headers=bearer(administrator)).status_code == 200
    answer = client.get("/api/v1/credits/?state=confirmed", headers=bearer(order_placer)).json()
    assert [(row["municipality"], row["month"], row["percent"], row["decided"]) for row in answer["results"]] == [
        ("4203", "2026-08", "15.00", "15.00")
    ]
    assert [line["metric"] for line in answer["results"][0]["lines"]] == ["resolution"]


def test_what_if_tells_the_credits_that_a_version_would_have_given(client, administrator, email, arendal):
    make.agreement((email, arendal))
    month = month_of(timezone.now()).shifted(-1).first
    for minute in (0, 1):
        opened = oslo(month.year, month.month, 3, 9, minute)
        make.incident(email, arendal, opened, responded=opened, resolved=opened + HELD)
    recalculate()
    draft = make.draft((email, arendal), minutes=1, commitment=Commitment.GUARANTEE)
    set_credits(version=draft, cap=Decimal(15), ladders={Metric.RESOLUTION: LADDER}, by=None)
    administrator.language = "en"
    administrator.save()
    client.force_login(administrator)
    page = client.get(reverse("sla:version-what-if", args=[draft.pk]))
    assert page.context["credits"] == [("Arendal", "–", "1 service credit, 15 percentage points in all")]
    path = f"/api/v1/agreements/{draft.agreement_id}/what-if-credits/"
    assert client.get(path, headers=bearer(administrator)).json() == [
        {
            "municipality": "4203",
            "before": {"credits": 0, "percent": "0.00"},
            "after": {"credits": 1, "percent": "15.00"},
        }
    ]
