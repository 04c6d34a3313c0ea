"""The catalogue: found, read, kept true, and remembered."""

import pghistory.models
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from partnership.access import Role
from services import figures
from services.actions.catalogue import add_service, describe_service, move_service
from services.models import Service, Stage
from tests import make
from tests.swaps import assert_swap_equals_reload

LIST = reverse("services:service-list")
TYPED = {
    "name_nb": "E-post",
    "group": "drift",
    "tier": "base",
    "step": "3",
    "level": "operational",
    "delivery_days": "5",
}


@pytest.fixture
def manager(db):
    return make.person("Sara Sjef", Role.SERVICE_MANAGER)


@pytest.fixture
def catalogue(db) -> list[Service]:
    return [
        make.service("EPOST", "E-post", name_nn="E-post", name_en="Mail", description_nb="Kalender og postkasser"),
        make.service("SAK", "Sak og arkiv", group="prosess", tier="plus"),
        make.service("BRUKER", "Brukerstøtte", description_en="We help people by phone", stage=Stage.CLOSING),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_service_list_asks_as_much_whatever_the_number_of_services(
    client, board_member, manager, django_assert_num_queries, count: int
):
    hours = make.calendar()
    for number in range(count):
        make.service(f"T{number}", f"Tjeneste {number}", calendar=hours, owner=manager)
    client.force_login(board_member)
    with django_assert_num_queries(7):
        client.get(LIST)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["BRUKER", "EPOST", "SAK"]),
        ("?q=epost", ["EPOST"]),
        ("?q=Mail", ["EPOST"]),
        ("?q=postkasse", ["EPOST"]),
        ("?q=helping", ["BRUKER"]),
        ("?q=brukerstotte", ["BRUKER"]),
        ("?q=sak", ["SAK"]),
        ("?q=finnes+ikke", []),
        ("?group=prosess", ["SAK"]),
        ("?tier=base", ["BRUKER", "EPOST"]),
        ("?stage=closing", ["BRUKER"]),
        ("?sort=-name", ["SAK", "EPOST", "BRUKER"]),
    ],
)
def test_service_list_is_searched_narrowed_and_sorted(client, board_member, catalogue, query: str, codes: list[str]):
    client.force_login(board_member)
    answer = client.get(LIST + query)
    assert [row.record.code for row in answer.context["table"].rows] == codes


def test_service_list_swapped_equals_reloaded(client, board_member, catalogue):
    client.force_login(board_member)
    assert_swap_equals_reload(client, f"{LIST}?q=post")


def test_service_list_as_a_file_holds_what_was_asked_for(client, board_member, catalogue):
    client.force_login(board_member)
    answer = client.get(f"{LIST}?tier=plus&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["SAK;Sak og arkiv;arbeidsprosesser;plusstjeneste;3;operativt;nei;;;tilbys"]


def test_each_product_group_says_what_it_means_and_how_many_services_it_holds(catalogue):
    lines = figures.group_lines(Service.objects.all())
    assert [(line.group.value, line.services) for line in lines] == [
        ("innkjop", 0),
        ("infra", 0),
        ("drift", 2),
        ("prosess", 1),
        ("utvikling", 0),
    ]


@pytest.mark.parametrize(("language", "name"), [("nb", "Sak og arkiv"), ("nn", "Sak og arkiv"), ("en", "Cases")])
def test_a_service_is_read_in_the_readers_language_and_else_in_bokmal(db, language: str, name: str):
    service = make.service("SAK", "Sak og arkiv", name_en="Cases")
    with translation.override(language):
        assert service.name == name


def test_service_detail_shows_a_municipality_its_own_subscription_only(client, order_placer, arendal, grimstad):
    service = make.service()
    make.subscription(arendal, service)
    make.subscription(grimstad, service)
    client.force_login(order_placer)
    answer = client.get(reverse("services:service-detail", args=[service.pk]))
    assert [row.organisation for row in answer.context["subscriptions"]] == [arendal]
    assert "Grimstad" not in answer.content.decode()


@pytest.mark.parametrize("count", [1, 2])
def test_service_detail_asks_as_much_whoever_has_it(
    client, board_member, arendal, grimstad, django_assert_num_queries, count: int
):
    service = make.service(calendar=make.calendar())
    for owner in (arendal, grimstad)[:count]:
        make.subscription(owner, service)
    client.force_login(board_member)
    with django_assert_num_queries(10):
        client.get(reverse("services:service-detail", args=[service.pk]))


def test_service_add_puts_it_in_the_catalogue(client, manager):
    client.force_login(manager)
    answer = client.post(reverse("services:service-add"), TYPED | {"code": "EPOST", "stage": "planned"})
    service = Service.objects.get()
    assert answer.url == reverse("services:service-detail", args=[service.pk])
    assert (service.code, service.name_nb, service.stage, service.step) == ("EPOST", "E-post", "planned", 3)


def test_service_add_keeps_what_was_typed_and_says_what_to_mend(client, manager, catalogue):
    client.force_login(manager)
    answer = client.post(reverse("services:service-add"), TYPED | {"code": "SAK", "stage": "planned"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"code": ["En annen tjeneste har denne koden."]}
    assert 'value="E-post"' in answer.content.decode()


def test_service_edit_never_changes_the_code(client, manager, catalogue):
    client.force_login(manager)
    client.post(
        reverse("services:service-edit", args=[catalogue[0].pk]), TYPED | {"name_nb": "Post", "code": "NY", "step": "4"}
    )
    catalogue[0].refresh_from_db()
    assert (catalogue[0].code, catalogue[0].name_nb, catalogue[0].step) == ("EPOST", "Post", 4)


def test_service_edit_keeps_an_owner_who_has_left_the_role(client, manager, stranger):
    service = make.service(owner=stranger)
    client.force_login(manager)
    client.post(reverse("services:service-edit", args=[service.pk]), TYPED | {"owner": stranger.pk})
    service.refresh_from_db()
    assert service.owner == stranger


def test_the_history_names_who_moved_a_service_on(manager, administrator):
    service = add_service(code="EPOST", name_nb="E-post", by=administrator)
    describe_service(service=service, description_nb="Post", by=administrator)
    move_service(service=service, stage=Stage.CLOSING, by=manager)
    assert [(step.stage, step.by) for step in figures.life_of(service)] == [
        ("under avvikling", "Sara Sjef"),
        ("tilbys", "Ingrid Dahl"),
    ]


def test_every_write_leaves_a_trace(manager):
    service = add_service(code="EPOST", name_nb="E-post", by=manager)
    describe_service(service=service, name_nb="Post", by=manager)
    events = pghistory.models.Events.objects.tracks(service).order_by("pgh_id")
    assert [(event.pgh_label, event.pgh_context["user"]) for event in events] == [
        ("insert", manager.pk),
        ("update", manager.pk),
    ]


def test_a_service_that_somebody_has_cannot_be_closed(manager, arendal):
    service = make.service()
    make.subscription(arendal, service)
    with pytest.raises(ValidationError) as raised:
        move_service(service=service, stage=Stage.CLOSED, by=manager)
    assert raised.value.message_dict == {
        "stage": ["1 organisasjon har tjenesten i dag eller senere. Avslutt det først, eller velg «under avvikling»."]
    }


def test_a_service_that_nobody_has_any_more_is_closed(client, manager, arendal):
    service = make.service()
    make.subscription(arendal, service, last=make.LONG_AGO)
    client.force_login(manager)
    client.post(reverse("services:service-stage", args=[service.pk]), {"stage": "closed"})
    service.refresh_from_db()
    assert service.stage == Stage.CLOSED
