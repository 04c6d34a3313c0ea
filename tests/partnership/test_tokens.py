"""Tokens for machines: shown once, revoked by whoever may, never more able than their holder."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from partnership.actions.tokens import make_token
from partnership.models import ApiToken
from tests import make

LIST = "/api-nokler/"


@pytest.fixture
def desk(arendal):
    return make.person("Servicedesk", Role.INTEGRATION, at=arendal)


def in_a_month():
    return timezone.localdate() + timedelta(days=30)


def typed(holder, **fields):
    return {"holder": holder.pk, "name": "Zabbix", "last_day": in_a_month().strftime("%d.%m.%Y")} | fields


def test_a_new_token_is_shown_once_and_opens_the_door(client, administrator):
    client.force_login(administrator)
    page = client.post(LIST, typed(administrator))
    text = page.context["new_text"]
    assert text in page.content.decode()
    assert text not in client.get(LIST).content.decode()
    assert client.get("/api/v1/services/", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_an_administrator_makes_a_token_for_a_system(client, administrator, desk):
    client.force_login(administrator)
    client.post(LIST, typed(desk))
    assert ApiToken.objects.get().user == desk


def test_a_system_cannot_make_a_token_for_another_person(client, administrator, desk):
    client.force_login(desk)
    assert client.post(LIST, typed(administrator)).status_code == 422
    assert ApiToken.objects.count() == 0


def test_a_day_that_has_passed_is_refused_at_its_field_and_what_was_typed_is_kept(client, administrator):
    client.force_login(administrator)
    page = client.post(LIST, typed(administrator, last_day="01.01.2020"))
    assert page.status_code == 422
    assert page.context["form"].errors == {"last_day": ["Velg en dag som ikke er passert."]}
    assert 'value="01.01.2020"' in page.content.decode()


def test_a_token_that_would_outlive_its_purpose_is_refused(client, administrator):
    client.force_login(administrator)
    page = client.post(LIST, typed(administrator, last_day="01.01.2099"))
    assert page.context["form"].errors == {"last_day": ["Velg en dag innen to år. En ny nøkkel er laget på et minutt."]}
    assert ApiToken.objects.count() == 0


def test_a_local_administrator_can_revoke_what_she_made_for_a_system(client, arendal, grimstad, desk):
    mona = make.person("Mona Lie", Role.ADMINISTRATOR, at=arendal)
    foreign = make.person("Grimstad desk", Role.INTEGRATION, at=grimstad)
    tokens = [make_token(holder=one, name="Zabbix", last_day=in_a_month(), by=mona)[0] for one in (desk, foreign)]
    client.force_login(mona)
    answers = [client.post(reverse("partnership:token-revoke", args=[token.digest])) for token in tokens]
    assert [answer.status_code for answer in answers] == [302, 404]
    assert list(ApiToken.objects.all()) == tokens[1:]


@pytest.mark.parametrize("day", ["31.12.9999", "01.01.0001"])
def test_a_day_at_the_end_of_the_calendar_is_refused_at_its_field(client, administrator, day):
    client.force_login(administrator)
    page = client.post(LIST, typed(administrator, last_day=day))
    assert list(page.context["form"].errors) == ["last_day"]


def test_revoking_a_token_closes_the_door_and_is_remembered(client, administrator):
    token, text = make_token(holder=administrator, name="Zabbix", last_day=in_a_month(), by=administrator)
    client.force_login(administrator)
    client.post(reverse("partnership:token-revoke", args=[token.digest]))
    assert client.get("/api/v1/services/", headers={"Authorization": f"Bearer {text}"}).status_code == 401
    events = ApiToken.pgh_event_model.objects.filter(pgh_label="delete")
    assert [event.pgh_context.metadata["user"] for event in events] == [administrator.pk]


def test_a_system_sees_its_own_tokens_only(client, administrator, desk):
    make_token(holder=administrator, name="Hemmelig system", last_day=in_a_month(), by=administrator)
    client.force_login(desk)
    assert "Hemmelig system" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("tokens", [1, 3])
def test_the_list_costs_the_same_queries_at_any_length(client, administrator, tokens, django_assert_num_queries):
    for number in range(tokens):
        make_token(holder=administrator, name=f"System {number}", last_day=in_a_month(), by=administrator)
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(LIST)
