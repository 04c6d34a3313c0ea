"""From a figure to its rows: the incidents that a sum counts, and the outages in its time."""

import pytest

from sla.actions.outages import save_outages
from sla.models import Metric, Outage, OutageReach, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from sla.spans import parse_span
from tests import make
from tests.sla import measured
from tests.sla.measured import HELD, reported

GRID, OUTAGES = "/tjenesteniva/", "/nedetid/"


@pytest.fixture
def levels(arendal, grimstad):
    return measured.levels(arendal, grimstad)


@pytest.mark.parametrize("who", ["administrator", "order_placer"])
@pytest.mark.parametrize("metric", ["resolution", "response"])
def test_every_sum_leads_to_as_many_incidents_as_it_counts(client, request, levels, arendal, metric, who):
    make.agreement((levels.archive, arendal), name="Arkivavtalen")
    reported(levels.archive, arendal, make.oslo(2026, 7, 7, 9), HELD)
    recalculate()
    client.force_login(request.getfixturevalue(who))
    page = client.get(GRID, {"period": "2026Q3", "metric": metric}).context
    shown = page["grid"]
    sums = [
        (cell.level.counted, told.url)
        for row, said in zip([*shown.rows, shown.total], [*page["rows"], page["total"]], strict=True)
        for cell, told in zip([*row.cells, row.total], said.cells, strict=False)
        if cell.place is None and cell.level.counted
    ]
    assert len(sums) == {"administrator": 5, "order_placer": 1}[who]
    for counted, url in sums:
        assert client.get(url).context["table"].paginator.count == counted


def test_a_sum_of_availability_leads_to_the_outages_of_its_service_and_owner(client, levels, grimstad, administrator):
    Target.objects.create(
        version=levels.version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3,
        pauses=False,
    )  # fmt: skip
    hits = {"1": Hit(levels.email, None), "2": Hit(levels.archive, grimstad), "3": Hit(levels.email, grimstad)}
    days = {"1": make.oslo(2026, 7, 7, 9), "2": make.oslo(2026, 9, 30, 22), "3": make.oslo(2026, 10, 1, 9)}
    save_outages(
        reports=[
            Report(source="a", external_id=one, hits=[hit], started=days[one], ended=days[one] + HELD)
            for one, hit in hits.items()
        ],
        by=None,
    )
    recalculate()
    client.force_login(administrator)
    page = client.get(GRID, {"period": "2026Q3", "metric": "availability"}).context
    email, archive = page["rows"]
    assert page["total"].cells[-1].url == "/nedetid/?period=2026Q3"
    assert [
        sorted(row.record.external_id for row in client.get(cell.url).context["table"].rows)
        for cell in (email.cells[-1], archive.cells[-1], *page["total"].cells)
    ] == [["1"], ["2"], ["1"], ["1", "2"], ["1", "2"]]


@pytest.mark.parametrize("text", ["2025-10--2026-09", "2026-07--2026-07"])
def test_months_in_a_row_are_a_period_too(client, levels, administrator, text):
    client.force_login(administrator)
    page = client.get(GRID, {"period": text})
    assert (str(page.context["grid"].span), page.context["form"].misread) == (text, "")
    assert page.context["grid"].total.total.level.counted == {"2025-10--2026-09": 5, "2026-07--2026-07": 1}[text]
    assert parse_span("2025-10--2026-09").shifted(-1) == parse_span("2024-10--2025-09")
    assert len(parse_span("2025-10--2026-09").months) == 12


def test_the_list_is_narrowed_to_a_period_and_to_what_hit_an_owner_with_a_service(
    client, administrator, levels, arendal, grimstad
):
    email, other = levels.email, levels.archive
    client.force_login(administrator)
    reach = [[(email, arendal), (other, grimstad)], [(email, None)], [(other, arendal)]]
    for number, places in enumerate(reach, 1):
        times = {"started": make.oslo(2026, 3 + number, 30, 22), "ended": make.oslo(2026, 3 + number + 1, 1, 9)}
        outage = Outage.objects.create(source="a", external_id=str(number), kind="unplanned", **times)
        for service, owner in places:
            OutageReach.objects.create(outage=outage, service=service, organisation=owner)

    def listed(**query) -> list[str]:
        return sorted(row.record.external_id for row in client.get(OUTAGES, query).context["table"].rows)

    assert listed(owner=grimstad.pk) == ["1", "2"]
    assert listed(owner=grimstad.pk, service=email.pk) == ["2"]
    assert listed(owner=arendal.pk, service=email.pk) == ["1", "2"]
    assert (listed(period="2026-04"), listed(period="2026-05"), listed(period="2026Q1")) == (["1"], ["1", "2"], [])
    assert listed(period="2026-05--2026-06") == ["1", "2", "3"]
    assert "juli" in client.get(OUTAGES, {"period": "juli"}).content.decode()


def test_a_municipality_cannot_narrow_the_list_to_another(client, levels, arendal, grimstad, order_placer):
    client.force_login(order_placer)
    page = client.get(OUTAGES, {"owner": grimstad.pk})
    assert list(page.context["filter"].form.fields["owner"].queryset) == [arendal]
    assert set(page.context["filter"].form.errors) == {"owner"}
