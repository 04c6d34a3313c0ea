"""How a metric went month by month: for a service over its owners, for an owner over its services."""

from datetime import date

import pytest
from django.urls import reverse

from sla.actions.outages import save_outages
from sla.figures.course import course_of_owner, course_of_service
from sla.models import AgreementVersion, Metric, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from tests import make
from tests.sla.measured import BROKEN, HELD, reported

TODAY = date(2026, 10, 5)


@pytest.fixture
def email(arendal, grimstad):
    """Twelve months of E-post in Arendal, of which the last two are broken; one month in Grimstad."""
    for place in (arendal, grimstad):
        make.participation(place)
    service = make.service("EPOST", "E-post")
    make.agreement((service, arendal), (service, grimstad))
    for number in range(12):
        year, month = divmod(2025 * 12 + 9 + number, 12)
        taking = BROKEN if number > 9 else HELD
        reported(service, arendal, make.oslo(year, month + 1, 6, 9), taking)
    reported(service, grimstad, make.oslo(2026, 9, 7, 9), HELD)
    recalculate(as_of=make.oslo(2026, 10, 5, 8))
    return service


def counts(levels) -> list:
    return [(level.met, level.counted) for level in levels if level.counted]


def test_a_service_is_the_sum_of_its_owners_month_by_month(email, administrator):
    found = course_of_service(administrator, email, Metric.RESOLUTION, TODAY)
    assert (found.months[0], found.months[-1], len(found.months)) == (date(2023, 10, 1), date(2026, 9, 1), 36)
    assert [(part.name, counts(part.levels)[-2:]) for part in found.parts] == [
        ("Arendal", [(0, 1), (0, 1)]),
        ("Grimstad", [(1, 1)]),
    ]
    assert counts(found.levels)[-2:] == [(0, 1), (1, 2)]
    assert (found.lately.met, found.lately.counted) == (11, 13)


def test_an_owner_s_are_its_services(email, grimstad, administrator):
    found = course_of_owner(administrator, grimstad, Metric.RESPONSE, TODAY)
    assert [(part.name, counts(part.levels)) for part in found.parts] == [("E-post", [(1, 1)])]


def test_a_month_that_is_not_over_is_not_among_them(email, administrator):
    found = course_of_service(administrator, email, Metric.RESOLUTION, date(2026, 9, 30))
    assert counts(found.levels)[-1] == (0, 1)


def test_a_municipality_sees_its_own_part_only(client, email, arendal, order_placer):
    client.force_login(order_placer)
    page = client.get(reverse("sla:service-course", args=["EPOST"])).content.decode()
    assert ("Arendal" in page, "Grimstad" in page) == (True, False)
    rows = b"".join(client.get(reverse("sla:service-course", args=["EPOST"]), {"format": "csv"})).decode()
    assert ("Arendal" in rows, "Grimstad" in rows) == (True, False)


@pytest.fixture
def in_october(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.oslo(2026, 10, 5, 12))


def test_the_page_tells_the_finding_and_has_limits_from_twelve_months_on(client, email, administrator, in_october):
    client.force_login(administrator)
    page = client.get(reverse("sla:service-course", args=["EPOST"])).content.decode()
    assert "E-post: 84,6\xa0% løst i tide de siste 12 månedene, målet er 90\xa0%" in page
    assert "nedre grense" in page
    few = client.get(reverse("sla:owner-course", args=[make.organisation("4201").pk])).content.decode()
    assert "ikke målt de siste 12 månedene" in few


def test_of_fewer_than_twelve_months_there_is_a_line_and_no_limit(client, email, grimstad, administrator, in_october):
    client.force_login(administrator)
    page = client.get(reverse("sla:owner-course", args=[grimstad.pk])).content.decode()
    assert ("nedre grense" in page, "For få måneder til kontrollgrenser" in page) == (False, True)


def test_the_grid_leads_there_and_the_queries_stay_the_same(
    client, email, arendal, administrator, in_october, django_assert_num_queries
):
    client.force_login(administrator)
    grid = client.get(reverse("sla:grid")).content.decode()
    for url in (reverse("sla:service-course", args=["EPOST"]), reverse("sla:owner-course", args=[arendal.pk])):
        assert f'href="{url}?metric=resolution"' in grid
        with django_assert_num_queries(8):
            client.get(url)


def test_a_share_of_twelve_months_leads_to_as_many_incidents_as_it_counts(
    client, email, arendal, administrator, in_october
):
    reported(email, arendal, make.oslo(2025, 9, 8, 9), HELD)
    recalculate(as_of=make.oslo(2026, 10, 5, 8))
    client.force_login(administrator)
    for metric in (Metric.RESOLUTION, Metric.RESPONSE):
        found = course_of_service(administrator, email, metric, TODAY)
        page = client.get(reverse("sla:service-course", args=["EPOST"]), {"metric": metric.value})
        urls = [page.context["all_url"], *(row["url"] for row in page.context["rows"])]
        assert all(f'href="{url.replace("&", "&amp;")}"' in page.content.decode() for url in urls)
        assert [client.get(url).context["table"].paginator.count for url in urls] == [13, 12, 1]
        assert [found.lately.counted, *(part.lately.counted for part in found.parts)] == [13, 12, 1]


def test_a_share_of_availability_leads_to_the_outages_of_the_same_months(
    client, email, arendal, grimstad, administrator, in_october
):
    Target.objects.create(
        version=AgreementVersion.objects.get(), metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99",
        notice_days=3, pauses=False,
    )  # fmt: skip
    days = [make.oslo(2025, 9, 30, 9), make.oslo(2025, 10, 1, 9), make.oslo(2026, 10, 1, 9)]
    save_outages(
        reports=[
            Report(source="a", external_id=str(number), hits=[Hit(email, arendal)], started=day, ended=day + HELD)
            for number, day in enumerate(days)
        ],
        by=None,
    )
    recalculate(as_of=make.oslo(2026, 10, 5, 8))
    client.force_login(administrator)
    page = client.get(reverse("sla:owner-course", args=[arendal.pk]), {"metric": "availability"}).context
    assert [row.record.external_id for row in client.get(page["rows"][0]["url"]).context["table"].rows] == ["1"]
    assert page["all_url"] == f"/nedetid/?period=2025-10--2026-09&owner={arendal.pk}"
