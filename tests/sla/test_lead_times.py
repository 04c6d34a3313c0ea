"""Lead times of orders: agreed in working days, suggested when one orders, and judged when the order is decided."""

import csv
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from services import promises
from services.models import Order
from services.treatments import State
from sla.actions.agreements import Promise, set_coverage, set_targets
from sla.lead_times import kept
from sla.models import Metric
from tests import make, make_orders
from tests.make import oslo
from tests.portal.test_api import bearer

FRIDAY = oslo(2026, 11, 20, 10)
"""Three working days later is Wednesday, five is the Friday after."""


@pytest.fixture
def pc(arendal, grimstad):
    for place in (arendal, grimstad):
        make.participation(place)
    return make.service("PC", "PC-arbeidsplass", delivery_days=9)


@pytest.fixture
def version(pc, arendal, grimstad):
    """Five days for all services, three for PCs; in Grimstad two."""
    version = make.agreement((pc, arendal), (pc, grimstad), first=date(2026, 1, 1))
    common = [Promise(one.metric, one.priority, one.minutes) for one in version.targets.all()]
    both = [Promise(Metric.LEAD_TIME, days=5), Promise(Metric.LEAD_TIME, days=3, service=pc)]
    set_targets(version=version, promises=[*common, *both], by=None)
    own = Promise(Metric.LEAD_TIME, days=2, service=pc)
    set_targets(version=version, promises=[own], organisation=grimstad, by=None)
    return version


def approved(place, at: datetime, delivered: datetime | None = None, state=State.WORKING) -> Order:
    order = make_orders.order(place, State.DELIVERED if delivered else state)
    Order.objects.filter(pk=order.pk).update(approved_at=at, delivered_at=delivered)
    return order


def test_what_is_agreed_goes_before_the_catalogue(version, pc, arendal, grimstad):
    other = make.service("NETT", "Nettverk", delivery_days=9)
    set_coverage(version=version, pairs=[(pc.pk, arendal.pk), (pc.pk, grimstad.pk), (other.pk, arendal.pk)], by=None)
    told = promises.lead_time(pc, arendal, FRIDAY.date())
    assert (told.days, told.agreed_in) == (3, str(version))
    assert promises.suggested_day(pc, FRIDAY, arendal) == date(2026, 11, 25)
    assert promises.suggested_day(pc, FRIDAY, grimstad) == date(2026, 11, 24)
    assert promises.suggested_day(other, FRIDAY, arendal) == date(2026, 11, 27)
    assert promises.lead_time(pc, make.organisation("4201"), FRIDAY.date()).agreed_in == ""
    assert promises.lead_time(pc, arendal, date(2025, 12, 31)).days == 9


def test_an_order_is_judged_by_what_was_agreed_when_it_was_approved(version, pc, arendal, grimstad, administrator):
    approved(arendal, FRIDAY, oslo(2026, 11, 25, 23))
    approved(arendal, FRIDAY, oslo(2026, 11, 26, 8))
    approved(arendal, FRIDAY)
    approved(arendal, FRIDAY, state=State.CANCELLED)
    approved(arendal, oslo(2025, 12, 30, 10), oslo(2026, 1, 2, 10))
    approved(grimstad, FRIDAY, oslo(2026, 11, 25, 10))

    def levels(day: date) -> dict:
        return {
            str(one.organisation): (one.level.met, one.level.counted)
            for one in kept(administrator, version.agreement, day)
        }

    assert levels(date(2026, 11, 27)) == {"Arendal": (1, 3), "Grimstad": (0, 1)}
    assert levels(date(2026, 11, 25)) == {"Arendal": (1, 1), "Grimstad": (0, 1)}
    assert levels(date(2027, 11, 27)) == {}


def test_a_municipality_sees_its_own(version, client, arendal, grimstad):
    for place in (arendal, grimstad):
        approved(place, FRIDAY, oslo(2026, 11, 24, 10))
    placer = make.person("Anne", "order_placer", at=arendal)
    path = f"/api/v1/agreements/{version.agreement_id}/lead-times/"
    rows = client.get(path, headers=bearer(placer)).json()
    assert [(row["municipality"], row["service"], row["counted"], row["met"], row["wanted"]) for row in rows] == [
        ("4203", "PC", 1, 1, "0.900000")
    ]


def test_the_agreement_and_the_order_form_tell_it(version, client, administrator, arendal, pc):
    approved(arendal, FRIDAY, oslo(2026, 11, 24, 10))
    client.force_login(administrator)
    page = client.get(reverse("sla:agreement-detail", args=[version.agreement_id])).content.decode()
    assert "Levering, PC-arbeidsplass, Grimstad" in page
    client.force_login(make.person("Anne", "order_placer", at=arendal))
    form = client.get(reverse("services:order-add", args=[pc.pk])).content.decode()
    assert f"Avtalt: leveres innen 3 virkedager etter godkjenning ({version})." in form


@pytest.fixture
def first_of_december(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: oslo(2026, 12, 1, 8))


def test_a_figure_opens_into_its_orders_for_those_who_may_see_orders(
    version, client, administrator, arendal, grimstad, first_of_december
):
    kept_to = approved(arendal, FRIDAY, oslo(2026, 11, 24, 10))
    missed = approved(grimstad, FRIDAY, oslo(2026, 11, 26, 10))
    agreement, url = version.agreement_id, reverse("sla:delivery-list", args=[version.agreement_id])
    client.force_login(administrator)
    page = client.get(reverse("sla:agreement-detail", args=[agreement])).content.decode()
    assert f'href="{url}?service=PC"' in page
    listed = client.get(url, {"service": "PC"}).content.decode()
    assert "1 av 2 ble levert i tide de siste 12 månedene." in listed
    for order, last_day in ((kept_to, "25.11.2026"), (missed, "24.11.2026")):
        assert order.number in listed
        assert last_day in listed
    assert "0 av 0" in client.get(url, {"service": "NETT"}).content.decode()
    rows = list(
        csv.reader(client.get(url, {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines(), delimiter=";")
    )
    assert [(row[0], row[2], row[7]) for row in rows[1:]] == [
        (kept_to.number, "Arendal", "ja"),
        (missed.number, "Grimstad", "nei"),
    ]
    client.force_login(make.person("Anne", "order_placer", at=arendal))
    own = client.get(url).content.decode()
    assert kept_to.number in own
    assert missed.number not in own
    client.force_login(make.person("Berit", "board_member"))
    assert f'href="{url}' not in client.get(reverse("sla:agreement-detail", args=[agreement])).content.decode()
    assert client.get(url).status_code == 403


def test_the_list_says_how_many_more_the_figure_counts(version, client, arendal, grimstad, first_of_december):
    """A board member who approves the orders of her own municipality."""
    for place in (arendal, grimstad):
        approved(place, FRIDAY, oslo(2026, 11, 24, 10))
    who = make.person("Berit", "board_member", language="en")
    make.grant(who, "approver", arendal)
    client.force_login(who)
    told = client.get(reverse("sla:agreement-detail", args=[version.agreement_id])).context["deliveries"]
    assert [row.counted for row in told] == ["2 of 2"]
    assert client.get(reverse("sla:delivery-list", args=[version.agreement_id])).context["state"] == (
        "1 of 1 were delivered in time in the last 12 months. "
        "The figure counts 1 more, of owners whose orders you may not open."
    )


def test_the_list_asks_the_database_as_often_however_many_orders_there_are(
    version, client, administrator, arendal, first_of_december, django_assert_num_queries
):
    client.force_login(administrator)
    for _time in range(4):
        approved(arendal, FRIDAY, oslo(2026, 11, 24, 10))
    url = reverse("sla:delivery-list", args=[version.agreement_id])
    with django_assert_num_queries(10):
        client.get(url)


def test_a_service_that_is_not_covered_cannot_be_promised(version, arendal):
    other = make.service("NETT", "Nettverk")
    with pytest.raises(ValidationError, match="Nettverk"):
        set_targets(version=version, promises=[Promise(Metric.LEAD_TIME, days=3, service=other)], by=None)


def test_it_is_typed_on_the_sheet(version, client, administrator, pc, arendal, grimstad):
    client.force_login(administrator)
    url = reverse("sla:version-draft", args=[version.agreement_id])
    typed = {
        "first_day": "01.02.2027", "calendar": version.calendar_id, "covered": [f"{pc.pk}-{arendal.pk}"],
        f"lead-{pc.pk}-days": "4", f"lead-{pc.pk}-wanted": "95", f"lead-{pc.pk}-good_enough": "99",
    }  # fmt: skip
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "Godt nok kan ikke være høyere enn målet" in refused.content.decode()
    assert client.post(url, typed | {f"lead-{pc.pk}-good_enough": "90"}).status_code == 302
    draft = version.agreement.versions.open().get()
    assert [(row.service, row.days, row.organisation) for row in draft.targets.all()] == [(pc, 4, None)]
