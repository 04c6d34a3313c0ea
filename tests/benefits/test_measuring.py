"""Measurements: registered in a minute, never overwritten, one winner of two."""

from datetime import date, timedelta
from decimal import Decimal

import pghistory.models
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from benefits.actions.measuring import correct_measurement, register_measurement
from benefits.models import BenefitShare, Measurement
from tests import make_benefits

TYPED = {"value": "70", "day": "30.06.2025", "source": "regnskapet"}


@pytest.fixture
def share(arendal) -> BenefitShare:
    return make_benefits.share(arendal)


@pytest.fixture
def owner(share):
    return share.owner


def add_url(share: BenefitShare) -> str:
    return reverse("benefits:measurement-add", args=[share.pk])


def correct_url(one: Measurement) -> str:
    return reverse("benefits:measurement-correct", args=[one.pk])


def register(share: BenefitShare, value: str = "70", day: date = date(2025, 6, 30), by=None) -> Measurement:
    return register_measurement(share=share, value=Decimal(value), day=day, source="regnskapet", by=by)


def correct(one: Measurement, value: str, by=None, **fields) -> Measurement:
    values = {"value": Decimal(value), "day": one.day, "source": one.source, "note": "Talte feil"} | fields
    return correct_measurement(measurement=one, by=by, **values)


def test_measurement_add_registers_what_the_owner_typed(client, share, owner):
    client.force_login(owner)
    answer = client.post(add_url(share), TYPED | {"value": "1 234,5", "note": "Uten moms"})
    one = Measurement.objects.get()
    assert answer.url == reverse("benefits:share-detail", args=[share.pk])
    assert (one.value, one.day, one.note, one.by) == (Decimal("1234.5"), date(2025, 6, 30), "Uten moms", owner)


def test_measurement_add_begins_with_today_and_the_source_of_last_time(client, share, owner):
    make_benefits.measurement(share, 80, source="fakturaene")
    client.force_login(owner)
    form = client.get(add_url(share)).context["form"]
    assert (form["day"].initial, form["source"].initial) == (timezone.localdate(), "fakturaene")
    assert form["value"].label == "Verdi, kroner per år"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"value": ""}, {"value": ["Fyll ut dette feltet."]}),
        ({"value": "mange"}, {"value": ["Skriv et tall, for eksempel 12,5."]}),
        ({"source": ""}, {"source": ["Fyll ut dette feltet."]}),
        (
            {"day": "30.01.2024"},
            {"day": ["Velg 31.01.2024 eller en senere dag: da ble nullpunktet målt."]},
        ),
        (
            {"day": "01.01.2099"},
            {"day": ["Velg i dag eller en tidligere dag: en måling er noe som er gjort."]},
        ),
    ],
)
def test_measurement_add_says_at_the_field_what_to_mend_and_keeps_what_was_typed(client, share, owner, typed, errors):
    client.force_login(owner)
    answer = client.post(add_url(share), TYPED | {"note": "Uten moms"} | typed)
    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert 'value="Uten moms"' in answer.content.decode()
    assert Measurement.objects.count() == 0


def test_a_measurement_sent_twice_is_registered_once(client, share, owner):
    client.force_login(owner)
    first, second = (client.post(add_url(share), TYPED) for _time in range(2))
    assert (first.status_code, second.status_code, Measurement.objects.count()) == (302, 302, 1)


def test_another_value_for_the_same_day_is_refused_in_words(client, share, owner):
    register(share)
    client.force_login(owner)
    answer = client.post(add_url(share), TYPED | {"value": "65"})
    words = "En måling fra denne dagen er allerede registrert. Rett den i stedet."
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [words])


def test_zero_is_a_measurement(share):
    register(share, "0")
    assert BenefitShare.objects.standing().get().newest_value == 0


def test_a_correction_holds_and_the_old_value_stays_and_is_shown(client, share, owner):
    old = register(share, "70", by=owner)
    client.force_login(owner)
    client.post(correct_url(old), TYPED | {"value": "68", "note": "En faktura manglet"})
    old.refresh_from_db()
    new = old.corrected_by
    assert (old.value, old.is_current, new.value, new.is_current) == (70, False, 68, True)
    page = client.get(reverse("benefits:share-detail", args=[share.pk]))
    assert [(one.value, one.is_current) for one, _written in page.context["measurements"]] == [(68, True), (70, False)]
    assert "<s>70" in page.content.decode()


def test_a_correction_may_move_the_day(share):
    new = correct(register(share), "70", day=date(2025, 7, 31))
    assert list(Measurement.objects.holding()) == [new]


def test_a_correction_says_why(client, share, owner):
    client.force_login(owner)
    answer = client.post(correct_url(register(share)), TYPED)
    assert answer.context["form"].errors == {"note": ["Fyll ut dette feltet."]}


def test_of_two_who_correct_one_measurement_the_first_wins_and_the_second_is_told(share, owner, administrator):
    old = register(share)
    stale = Measurement.objects.get(pk=old.pk)
    correct(old, "68", by=owner)
    with pytest.raises(ValidationError, match="Marte Holt"):
        correct(stale, "66", by=administrator)
    assert [one.value for one in Measurement.objects.holding()] == [68]


def test_a_correction_sent_twice_is_one(share, owner):
    old = register(share)
    first, second = (correct(Measurement.objects.get(pk=old.pk), "68", by=owner) for _time in range(2))
    assert (first, Measurement.objects.count()) == (second, 2)


def test_measurement_correct_leads_on_from_one_that_is_corrected(client, share, owner):
    old = register(share)
    correct(old, "68")
    client.force_login(owner)
    assert client.get(correct_url(old)).url == reverse("benefits:share-detail", args=[share.pk])


def test_a_correction_may_not_land_on_a_day_that_is_measured(share):
    register(share, day=date(2025, 3, 31))
    one = register(share)
    with pytest.raises(ValidationError):
        correct(one, "68", day=date(2025, 3, 31))
    one.refresh_from_db()
    assert one.is_current


def test_the_history_knows_who_registered_and_corrected(share, owner):
    correct(register(share, by=owner), "68", by=owner)
    events = pghistory.models.Events.objects.tracks(*Measurement.objects.all())
    assert sorted(event.pgh_label for event in events) == ["insert", "insert", "update"]
    assert {event.pgh_context["user"] for event in events} == {owner.pk}


def test_what_is_measured_later_is_the_newest_whatever_the_order_of_typing(share):
    today = timezone.localdate()
    for days_ago, value in ((10, "60"), (30, "80"), (20, "70")):
        register(share, value, today - timedelta(days=days_ago))
    standing = BenefitShare.objects.standing().get()
    assert (standing.newest_value, standing.newest_on) == (60, today - timedelta(days=10))
