"""Who has what: only one's own is seen, nothing overlaps, nothing is deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from services import figures
from services.actions.subscriptions import subscribe
from services.models import Stage, Subscription
from tests import make
from tests.swaps import assert_swap_equals_reload

LIST = reverse("services:subscription-list")
DAY = date(2026, 11, 24)


@pytest.fixture
def owners(arendal, grimstad):
    return [make.participation(arendal), make.participation(grimstad)]


def cells(matrix: figures.Matrix) -> list[tuple[str, list[bool]]]:
    return [(row.service.code, [cell.subscription is not None for cell in row.cells]) for row in matrix.rows]


def test_the_matrix_shows_offered_services_and_those_somebody_still_has(board_member, owners, arendal, grimstad):
    mail, old = make.service(), make.service("GAMMEL", "Gammel", stage=Stage.CLOSED)
    make.service("SLUTT", "Slutt", stage=Stage.CLOSED)
    make.subscription(arendal, mail)
    make.subscription(grimstad, old, last=DAY)
    matrix = figures.matrix(board_member, DAY)
    assert matrix.organisations == [arendal, grimstad]
    assert cells(matrix) == [("EPOST", [True, False]), ("GAMMEL", [False, True])]
    assert cells(figures.matrix(board_member, date(2026, 11, 25))) == [("EPOST", [True, False])]


def test_a_municipality_sees_its_own_column_only(client, order_placer, owners, arendal, grimstad):
    mail = make.service()
    make.subscription(arendal, mail)
    make.subscription(grimstad, mail)
    assert figures.matrix(order_placer, DAY).organisations == [arendal]
    client.force_login(order_placer)
    assert "Grimstad" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_subscription_list_asks_as_much_whatever_is_had(
    client, board_member, owners, arendal, grimstad, django_assert_num_queries, count: int
):
    for number in range(count):
        service = make.service(f"T{number}", f"Tjeneste {number}")
        make.subscription(arendal, service)
        make.subscription(grimstad, service)
    client.force_login(board_member)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_subscription_list_swapped_equals_reloaded(client, administrator, owners, arendal):
    make.subscription(arendal, make.service())
    client.force_login(administrator)
    assert_swap_equals_reload(client, f"{LIST}?day=24.11.2026")


def test_subscription_list_as_a_file_says_it_in_words(client, board_member, owners, arendal):
    make.subscription(arendal, make.service())
    client.force_login(board_member)
    answer = client.get(f"{LIST}?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["Kode;Tjeneste;Arendal;Grimstad", "EPOST;E-post;har;har ikke"]


def test_subscription_add_gives_one_service(client, administrator, arendal):
    service = make.service()
    client.force_login(administrator)
    typed = {"organisation": arendal.pk, "service": service.pk, "first_day": "01.01.2026", "last_day": "31.12.2026"}
    client.post(reverse("services:subscription-add"), typed)
    row = Subscription.objects.get()
    assert (row.organisation, row.service, row.first_day, row.last_day) == (
        arendal,
        service,
        date(2026, 1, 1),
        date(2026, 12, 31),
    )


def test_what_is_had_already_is_refused_in_words_at_the_form(client, administrator, arendal):
    service = make.service()
    make.subscription(arendal, service)
    client.force_login(administrator)
    typed = {"organisation": arendal.pk, "service": service.pk, "first_day": "01.01.2026"}
    answer = client.post(reverse("services:subscription-add"), typed)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["Organisasjonen har allerede tjenesten i deler av perioden."]


def test_subscription_add_many_gives_all_or_none_and_names_what_is_in_the_way(client, administrator, arendal):
    mail, desk = make.service(), make.service("BRUKER", "Brukerstøtte")
    make.subscription(arendal, mail)
    client.force_login(administrator)
    typed = {"organisation": arendal.pk, "services": [mail.pk, desk.pk], "first_day": "01.01.2026"}
    answer = client.post(reverse("services:subscription-add-many"), typed)
    assert answer.context["form"].non_field_errors() == [
        "E-post: Organisasjonen har allerede tjenesten i deler av perioden."
    ]
    assert Subscription.objects.count() == 1


def test_subscription_add_many_gives_several(client, administrator, arendal):
    services = [make.service(), make.service("BRUKER", "Brukerstøtte")]
    client.force_login(administrator)
    typed = {"organisation": arendal.pk, "services": [row.pk for row in services], "first_day": "01.01.2026"}
    client.post(reverse("services:subscription-add-many"), typed)
    assert {row.service for row in Subscription.objects.filter(organisation=arendal)} == set(services)


def test_subscription_end_keeps_the_row_and_ends_it(client, administrator, arendal):
    row = make.subscription(arendal, make.service())
    client.force_login(administrator)
    client.post(reverse("services:subscription-end", args=[row.pk]), {"last_day": "31.12.2026"})
    row.refresh_from_db()
    assert row.last_day == date(2026, 12, 31)


def test_subscription_end_before_the_first_day_is_refused(client, administrator, arendal):
    row = make.subscription(arendal, make.service())
    client.force_login(administrator)
    answer = client.post(reverse("services:subscription-end", args=[row.pk]), {"last_day": "31.12.2014"})
    assert list(answer.context["form"].errors) == ["last_day"]


def test_a_service_may_be_had_again_from_the_day_after(administrator, arendal):
    service = make.service()
    make.subscription(arendal, service, last=date(2025, 12, 31))
    subscribe(organisation=arendal, service=service, first_day=date(2026, 1, 1), by=administrator)
    with pytest.raises(ValidationError):
        subscribe(organisation=arendal, service=service, first_day=date(2025, 12, 31), by=administrator)
