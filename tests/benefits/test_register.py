"""The register and its pages: who sees what, in which order, and how a figure came about."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pghistory.models
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from benefits.actions.register import change_share, give_share
from benefits.arithmetic import Status
from benefits.figures import figures_of
from benefits.models import Benefit, BenefitShare, Goal
from partnership.access import Role
from tests import make, make_benefits
from tests.swaps import assert_swap_equals_reload

LIST = reverse("benefits:share-list")
BENEFIT = {"name_nb": "Felles mobilavtale", "indicator_nb": "Mobilkostnad", "layer": "ict", "frequency": "3"}


@pytest.fixture
def four(arendal, grimstad) -> dict[str, BenefitShare]:
    """A share of each status, and what is measured of them."""
    money, quality = make_benefits.benefit(), make_benefits.benefit("K1", "Fornøyde brukere")
    shares = {
        "on_target": make_benefits.share(arendal, money),
        "not_good_enough": make_benefits.share(grimstad, money),
        "good_enough": make_benefits.share(arendal, quality),
        "not_measured": make_benefits.share(grimstad, quality),
    }
    for status, value in (("on_target", 45), ("not_good_enough", 120), ("good_enough", 58)):
        make_benefits.measurement(shares[status], value)
    return shares


def listed(answer) -> list[BenefitShare]:
    return [row.record for row in answer.context["table"].rows]


def test_share_list_has_the_unmeasured_first_and_then_the_poorest(client, administrator, four):
    client.force_login(administrator)
    assert [share.standing for share in listed(client.get(LIST))] == [
        "not_measured",
        "not_good_enough",
        "good_enough",
        "on_target",
    ]


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("?q=K1", ["not_measured", "good_enough"]),
        ("?q=felles", ["not_good_enough", "on_target"]),
        ("?type=quality", ["not_measured", "good_enough"]),
        ("?status=not_good_enough", ["not_good_enough"]),
        ("?sort=organisation", ["good_enough", "on_target", "not_measured", "not_good_enough"]),
        ("?sort=-newest_on&type=quality", ["good_enough", "not_measured"]),
    ],
)
def test_share_list_is_searched_narrowed_and_sorted(client, administrator, four, query: str, statuses: list[str]):
    client.force_login(administrator)
    assert [share.standing for share in listed(client.get(LIST + query))] == statuses


def test_share_list_is_narrowed_to_a_municipality_and_a_goal(client, administrator, four, grimstad):
    client.force_login(administrator)
    other = make_benefits.goal("Et annet mål")
    at_grimstad = client.get(f"{LIST}?organisation={grimstad.pk}&goal={Goal.objects.exclude(pk=other.pk).get().pk}")
    assert [share.standing for share in listed(at_grimstad)] == ["not_measured", "not_good_enough"]
    assert listed(client.get(f"{LIST}?goal={other.pk}")) == []


def test_a_municipality_sees_its_own_shares_only(client, order_placer, four):
    client.force_login(order_placer)
    answer = client.get(LIST)
    assert [share.standing for share in listed(answer)] == ["good_enough", "on_target"]
    page = client.get(reverse("benefits:benefit-detail", args=[four["on_target"].benefit_id])).content.decode()
    assert "Grimstad" not in page + answer.content.decode()


def test_share_list_swapped_equals_reloaded(client, administrator, four):
    client.force_login(administrator)
    assert_swap_equals_reload(client, f"{LIST}?q=mobil")


def test_share_list_as_a_file_holds_what_was_asked_for(client, administrator, four):
    client.force_login(administrator)
    answer = client.get(f"{LIST}?status=not_good_enough&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "Ø1;Felles mobilavtale;kroner;Lavere kostnader;Grimstad;Marte Holt;kroner per år;100,000;31.01.2024;50,000;"
        "31.12.2026;60,000;120,000;30.06.2025;-40,0;ikke godt nok"
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_share_list_asks_as_much_whatever_the_number_of_shares(
    client, administrator, arendal, django_assert_num_queries, count: int
):
    for number in range(count):
        make_benefits.measurement(make_benefits.share(arendal, make_benefits.benefit(f"Ø{number + 1}")), 70)
    client.force_login(administrator)
    with django_assert_num_queries(8):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_benefit_detail_asks_as_much_whatever_the_number_of_shares(
    client, administrator, arendal, grimstad, django_assert_num_queries, count: int
):
    benefit = make_benefits.benefit()
    for place in (arendal, grimstad, make.organisation("4201"))[:count]:
        make_benefits.measurement(make_benefits.share(place, benefit), 70)
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(reverse("benefits:benefit-detail", args=[benefit.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_share_detail_asks_as_much_whatever_the_number_of_measurements(
    client, administrator, arendal, django_assert_num_queries, count: int
):
    share = make_benefits.share(arendal)
    for month in range(count):
        make_benefits.measurement(share, 90 - month, date(2025, month + 1, 1))
    client.force_login(administrator)
    with django_assert_num_queries(6):
        client.get(reverse("benefits:share-detail", args=[share.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_goal_list_asks_as_much_whatever_the_number_of_goals(
    client, administrator, django_assert_num_queries, count: int
):
    for number in range(count):
        make_benefits.goal(f"Mål {number}")
    client.force_login(administrator)
    with django_assert_num_queries(5):
        client.get(reverse("benefits:goal-list"))


def test_the_sum_of_a_benefit_counts_what_is_planned_and_only_what_is_measured(administrator, arendal, grimstad):
    benefit = make_benefits.benefit()
    make_benefits.measurement(make_benefits.share(arendal, benefit), 70)
    make_benefits.share(grimstad, benefit)
    figures = figures_of(administrator, benefit)
    assert (figures.total.planned, figures.total.realised, figures.total.unmeasured) == (100, 30, 1)
    assert figures.counts == Counter({Status.NOT_GOOD_ENOUGH: 1, Status.NOT_MEASURED: 1})


def test_quality_is_never_added(administrator, four):
    assert figures_of(administrator, four["good_enough"].benefit).total is None


def test_share_detail_reckons_the_achievement_to_the_last_digit(client, order_placer, arendal):
    share = make_benefits.share(arendal, target=70, good_enough=None)
    make_benefits.measurement(share, 90)
    client.force_login(order_placer)
    answer = client.get(reverse("benefits:share-detail", args=[share.pk]))
    assert [text.replace("\u00a0", " ") for _term, text in answer.context["reckoning"][:3]] == [
        "90 kr − 100 kr = −10 kr",
        "70 kr − 100 kr = −30 kr",
        "−10 ÷ −30 ≈ 0,333333 = 33,3 %",
    ]


def test_a_share_goes_to_a_person_in_the_line_of_its_own_municipality(arendal, foreign_order_placer):
    with pytest.raises(ValidationError) as refused:
        give_share(
            benefit=make_benefits.benefit(),
            organisation=arendal,
            owner=foreign_order_placer,
            target=Decimal(50),
            target_on=make_benefits.TARGET_DAY,
            by=None,
        )
    assert list(refused.value.message_dict) == ["owner"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"target": Decimal(100)}, "__all__"),
        ({"good_enough": Decimal(110)}, "__all__"),
        ({"good_enough": Decimal(40)}, "__all__"),
        ({"baseline_on": None}, "__all__"),
        ({"baseline_on": date(2025, 12, 31)}, "baseline_on"),
        ({"target_on": date(2023, 1, 1)}, "__all__"),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(arendal, fields, field):
    share = make_benefits.share(arendal)
    make_benefits.measurement(share, 70)
    with pytest.raises(ValidationError) as refused:
        change_share(share=share, by=None, **({"owner": share.owner} | fields))
    assert list(refused.value.message_dict) == [field]


def test_share_add_gives_a_municipality_its_share_once(client, administrator, arendal):
    benefit, owner = make_benefits.benefit(), make_benefits.owner_of_benefits(arendal)
    typed = {"organisation": arendal.pk, "owner": owner.pk, "target": "900 000", "target_on": "31.12.2026"}
    client.force_login(administrator)
    url = reverse("benefits:share-add", args=[benefit.pk])
    assert client.post(url, typed).status_code == 302
    again = client.post(url, typed)
    assert (again.status_code, again.context["form"].non_field_errors()) == (
        422,
        ["Kommunen har allerede en andel i denne gevinsten."],
    )
    assert BenefitShare.objects.get().target == 900000


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"code": "Ø1"}, {"code": ["En annen gevinst har denne koden. En kode teller én gang."]}),
        ({"code": "X1"}, {"code": ["Skriv Ø, A, V eller K og et tall, for eksempel Ø1."]}),
        (
            {"code": "K2"},
            {"__all__": ["Koden begynner med Ø for kroner, A for årsverk, V for gevinst for andre, K for kvalitet."]},
        ),
        (
            {"unit": "points"},
            {"__all__": ["Kroner måles i kroner per år, og årsverk i årsverk. Andre typer måles i noe annet."]},
        ),
    ],
)
def test_benefit_add_says_what_to_mend(client, administrator, typed, errors):
    goal = make_benefits.benefit().goal
    client.force_login(administrator)
    sent = BENEFIT | {"code": "Ø2", "type": "money", "unit": "kroner", "goal": goal.pk} | typed
    answer = client.post(reverse("benefits:benefit-add"), sent)
    assert (answer.status_code, answer.context["form"].errors) == (422, errors)


def test_benefit_edit_never_changes_the_code(client, administrator):
    benefit = make_benefits.benefit()
    client.force_login(administrator)
    sent = BENEFIT | {"name_nb": "Mobil", "code": "Ø9", "type": "money", "unit": "kroner", "goal": benefit.goal_id}
    client.post(reverse("benefits:benefit-edit", args=[benefit.pk]), sent)
    benefit.refresh_from_db()
    assert (benefit.code, benefit.name_nb) == ("Ø1", "Mobil")


@pytest.mark.parametrize(("kind", "is_owned"), [("effect", False), ("operational", True)])
def test_an_effect_goal_has_an_owner_in_the_line_and_an_operational_goal_none(
    client, administrator, arendal, kind, is_owned
):
    client.force_login(administrator)
    typed = {"name_nb": "Svar i tide", "target_nb": "3 uker", "good_enough_nb": "4 uker", "layer": "ict", "kind": kind}
    decided = {"decided_by": "styret", "decided_on": "15.01.2024", "organisation": arendal.pk if is_owned else ""}
    answer = client.post(reverse("benefits:goal-add"), typed | decided)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["organisation"])


def test_the_history_keeps_what_a_target_was(administrator, arendal):
    share = make_benefits.share(arendal)
    change_share(share=share, owner=share.owner, target=Decimal(40), by=administrator)
    events = pghistory.models.Events.objects.tracks(share).order_by("pgh_id")
    assert [event.pgh_data["target"] for event in events] == [50.0, 40.0]


def test_benefits_exist_for_no_stranger(stranger, four):
    rows = [model.objects.visible_to(stranger).count() for model in (Goal, Benefit, BenefitShare)]
    assert (rows, timezone.localdate() > date(2025, 6, 30)) == ([0, 0, 0], True)


def test_a_benefit_owner_elsewhere_finds_no_share_to_measure(client, four, grimstad):
    client.force_login(make.person("Morten Eide", Role.BENEFIT_OWNER, at=grimstad))
    urls = [reverse("benefits:measurement-add", args=[four[name].pk]) for name in ("on_target", "not_measured")]
    assert [client.get(url).status_code for url in urls] == [404, 200]
