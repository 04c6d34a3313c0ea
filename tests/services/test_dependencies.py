"""What services need of each other: ticked on a page, shown both ways, and never in a circle."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from services.actions.dependencies import set_dependencies
from services.dependencies import Graph, graph
from services.models import Dependency, Service, Stage
from tests import make
from tests.portal.test_api import bearer
from tests.together import at_once


@pytest.fixture
def services(db) -> dict[str, Service]:
    return {code: make.service(code, name) for code, name in (("EPOST", "E-post"), ("NETT", "Nett"), ("SAK", "Sak"))}


def need(service: Service, *needed: Service) -> None:
    set_dependencies(service=service, needed=needed, by=None)


def codes(service: Service) -> list[str]:
    return [row.needed.code for row in service.dependencies.all()]


def test_what_is_ticked_is_needed_and_what_is_not_no_longer_is(client, administrator, services):
    client.force_login(administrator)
    url = reverse("services:service-needs", args=[services["SAK"].pk])
    client.post(url, {"needed": [services["EPOST"].pk, services["NETT"].pk]})
    assert codes(services["SAK"]) == ["EPOST", "NETT"]

    client.post(url, {"needed": [services["NETT"].pk]})

    assert codes(services["SAK"]) == ["NETT"]
    page = client.get(reverse("services:service-detail", args=[services["NETT"].pk]))
    assert [str(one) for one in page.context["needed_by"]] == ["Sak"]


def test_a_circle_is_refused_by_the_names_in_it(client, administrator, services):
    need(services["SAK"], services["EPOST"])
    need(services["EPOST"], services["NETT"])
    client.force_login(administrator)

    answer = client.post(
        reverse("services:service-needs", args=[services["NETT"].pk]), {"needed": [services["SAK"].pk]}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["needed"] == ["En tjeneste ville trenge seg selv: Nett → Sak → E-post → Nett."]
    assert codes(services["NETT"]) == []


def test_a_service_is_not_offered_itself_nor_what_is_closed(client, administrator, services):
    Service.objects.filter(code="EPOST").update(stage=Stage.CLOSED)
    client.force_login(administrator)
    form = client.get(reverse("services:service-needs", args=[services["SAK"].pk])).context["form"]
    assert [one.code for one in form.fields["needed"].queryset] == ["NETT"]


def test_the_database_lets_nothing_need_itself_or_the_same_twice(services):
    need(services["SAK"], services["NETT"])
    for needed in (services["SAK"], services["NETT"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dependency.objects.create(service=services["SAK"], needed=needed)


def test_all_that_is_needed_comes_once_the_nearest_first(services):
    need(services["SAK"], services["EPOST"], services["NETT"])
    need(services["EPOST"], services["NETT"])
    other = make.service("DATAROM", "Datarom")
    need(services["NETT"], other)

    assert graph().all_needed_by(services["SAK"].pk) == [services["EPOST"].pk, services["NETT"].pk, other.pk]


EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


@given(EDGES, st.integers(0, 7))
def test_a_way_leads_to_all_that_is_needed_and_to_nothing_else(edges, start):
    known = Graph.of(edges)
    reached = set(known.all_needed_by(start))
    for end in range(8):
        way = known.way(start, end)
        assert bool(way) == (end in reached or end == start)
        assert all(pair in edges for pair in pairwise(way))
    assert start not in reached


def test_rest_tells_what_a_service_needs(client, administrator, services):
    need(services["SAK"], services["NETT"])
    told = client.get("/api/v1/services/", headers=bearer(administrator)).json()["results"]
    assert {one["code"]: one["needs"] for one in told} == {"EPOST": [], "NETT": [], "SAK": ["NETT"]}


def test_two_at_once_close_no_circle(transactional_db):
    one, other = make.service("EN"), make.service("TO")

    answers = at_once(lambda: need(one, other), lambda: need(other, one))

    assert sorted(map(type, answers), key=str) == sorted([ValidationError, type(None)], key=str)
    assert Dependency.objects.count() == 1
