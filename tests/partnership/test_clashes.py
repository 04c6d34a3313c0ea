"""Two people who write at the same time: one wins, and the other is told in words."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation

from partnership.access import Role
from partnership.history import recorded
from partnership.models import Organisation, Participation, RoleGrant, User
from partnership.periods import days
from tests import make

PATIENCE_SECONDS = 20
WAITS_FOR_ANOTHER = "select count(*) from pg_locks where not granted"


@recorded
def own_again(*, owner: Organisation, by: User | None) -> None:
    Participation.objects.create(organisation=owner, period=days(make.LONG_AGO))


@recorded
def take_address(*, email: str, by: User | None) -> None:
    User.objects.bulk_create([User(email=email, name="En annen")])


@recorded
def forget_register(*, organisation: Organisation, by: User | None) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(municipality=None)


def test_a_row_in_the_way_is_told_in_the_words_of_its_constraint(arendal):
    make.participation(arendal)
    with (
        pytest.raises(ValidationError, match="er allerede eier i en del av denne perioden"),
        translation.override("nb"),
    ):
        own_again(owner=arendal, by=None)


def test_a_field_that_is_taken_is_told_without_words_of_its_own(administrator):
    with pytest.raises(ValidationError, match="Noen andre lagret nettopp noe"), translation.override("nb"):
        take_address(email=administrator.email, by=None)


def test_a_broken_rule_of_one_row_is_no_clash(arendal):
    with pytest.raises(IntegrityError):
        forget_register(organisation=arendal, by=None)


@pytest.mark.django_db(transaction=True)
def test_two_who_give_the_same_role_at_once_get_one_winner_and_one_message(client, administrator):
    person = make.person("Ny Person")
    client.force_login(administrator)
    with transaction.atomic():
        make.grant(person, Role.AUDITOR)
        answer: dict[str, object] = {}
        other = threading.Thread(target=lambda: answer.update(given_in_another_window(client, person)))
        other.start()
        wait_until_it_waits()
    other.join(PATIENCE_SECONDS)
    assert answer["status"] == 422
    assert "Personen har allerede denne rollen her" in str(answer["page"])
    assert RoleGrant.objects.filter(user=person).count() == 1


def test_who_edits_what_somebody_else_has_saved_meanwhile_is_told_once(client, administrator, arendal):
    url = reverse("partnership:organisation-edit", args=[arendal.pk])
    client.force_login(administrator)
    opened = client.get(url).context["form"]
    typed = {"seen": opened.seen, "name": "Arendal", "language_form": "nb", "invoice_reference": "4203-1"}
    edit_elsewhere(arendal, by=make.person("Ola Nilsen", Role.ADMINISTRATOR))
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "Ola Nilsen lagret dette" in refused.content.decode()
    assert 'value="4203-1"' in refused.content.decode()
    arendal.refresh_from_db()
    assert arendal.invoice_reference == "9999"
    assert client.post(url, typed | {"seen": refused.context["form"].seen}).status_code == 302
    arendal.refresh_from_db()
    assert arendal.invoice_reference == "4203-1"


def test_a_mistake_in_the_form_does_not_forget_when_it_was_opened(client, administrator, arendal):
    url = reverse("partnership:organisation-edit", args=[arendal.pk])
    client.force_login(administrator)
    typed = {"seen": client.get(url).context["form"].seen, "name": "", "language_form": "nb"}
    edit_elsewhere(arendal, by=administrator)
    mistaken = client.post(url, typed)
    assert f'name="seen" value="{typed["seen"]}"' in mistaken.content.decode()


def test_one_who_is_alone_meets_no_clash(client, administrator, arendal):
    url = reverse("partnership:organisation-edit", args=[arendal.pk])
    client.force_login(administrator)
    typed = {"seen": client.get(url).context["form"].seen, "name": "Arendal", "language_form": "nb"}
    assert client.post(url, typed).status_code == 302


@recorded
def edit_elsewhere(organisation: Organisation, *, by: User) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(invoice_reference="9999")


def given_in_another_window(client, person: User) -> dict[str, object]:
    typed = {"role": Role.AUDITOR.value, "organisation": "", "first_day": "01.01.2026"}
    answer = client.post(reverse("partnership:role-give", args=[person.pk]), typed)
    connection.close()
    return {"status": answer.status_code, "page": answer.content.decode()}


def wait_until_it_waits() -> None:
    """For the lock that we hold; the other has looked by then, and seen nothing in the way."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while not cursor.execute(WAITS_FOR_ANOTHER).fetchone()[0]:
            assert time.monotonic() < deadline
            time.sleep(0.02)
