"""«Tjenestenivå»: every service for every owner one may see, and the incidents behind each cell."""

import csv
import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kit.quarters import Quarter
from sla.figures import grid as figures
from sla.figures.panel import SHOWN, panel
from sla.levels import Level, Status
from sla.models import MONTHLY, Metric
from sla.recalculation import recalculate
from sla.spans import Month, parse_span
from sla.words import grid as words
from tests import make
from tests.sla import measured
from tests.sla.measured import BROKEN, HELD, QUARTER, reported

GRID = "/tjenesteniva/"
THIRD = Quarter(2026, 3)


@pytest.fixture
def levels(arendal, grimstad):
    return measured.levels(arendal, grimstad)


def statuses(grid: figures.Grid) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (cell.service.code, cell.organisation.name): (cell.level.met, cell.level.counted)
        for cell in grid.cells
        if cell.level.counted
    }


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_note_under_the_grid_says_how_shares_are_rounded(client, levels, administrator):
    client.force_login(administrator)
    assert "Andelene er rundet ned: to av tre er 66,6 %." in client.get("/tjenesteniva/").content.decode()


def test_the_grid_counts_what_was_decided_in_the_quarter(levels, administrator):
    grid = figures.grid(administrator, Metric.RESOLUTION, THIRD)
    assert statuses(grid) == {("EPOST", "Arendal"): (2, 3), ("EPOST", "Grimstad"): (1, 1), ("SAK", "Grimstad"): (0, 1)}
    assert grid.statuses == {
        Status.ON_TARGET: 1,
        Status.GOOD_ENOUGH: 0,
        Status.NOT_GOOD_ENOUGH: 2,
        Status.NOT_MEASURED: 1,
    }


def test_each_metric_has_figures_of_its_own(levels, administrator):
    grid = figures.grid(administrator, Metric.RESPONSE, THIRD)
    assert {cell.level.status for cell in grid.cells} == {Status.ON_TARGET, Status.NOT_MEASURED}


def test_every_total_is_the_sum_of_what_is_shown(levels, administrator):
    grid = figures.grid(administrator, Metric.RESOLUTION, THIRD)
    for row in [*grid.rows, grid.total]:
        assert row.total.level == sum((cell.level for cell in row.cells), Level())
    assert (grid.total.total.level.met, grid.total.total.level.counted) == (3, 5)


def test_a_municipality_sees_its_own_column_and_no_sum_of_others(client, levels, order_placer):
    grid = figures.grid(order_placer, Metric.RESOLUTION, THIRD)
    assert [owner.name for owner in grid.owners] == ["Arendal"]
    assert statuses(grid) == {("EPOST", "Arendal"): (2, 3)}
    assert (grid.total.total.level.counted, grid.is_whole) == (3, False)
    client.force_login(order_placer)
    page = client.get(GRID + QUARTER).content.decode()
    assert "Grimstad" not in page
    assert "Alle eiere" not in page.split("<main", 1)[1]


def test_a_month_is_a_period_too(levels, administrator):
    grid = figures.grid(administrator, Metric.RESOLUTION, Month(2026, 7))
    assert statuses(grid) == {("EPOST", "Arendal"): (1, 1)}


@pytest.mark.parametrize(
    "text", ["2026Q5", "2026-13", "Q", "juli", "2026", "2026-09--2026-07", "2025-09--2026-09", "--", ""]
)
def test_a_period_that_cannot_be_read_falls_back_on_the_newest_closed_quarter(client, levels, administrator, text):
    client.force_login(administrator)
    page = client.get(GRID, {"period": text, "metric": "hours"})
    newest = figures.measured(administrator).newest_closed_quarter(timezone.localdate())
    assert page.context["grid"].span == newest
    assert page.context["grid"].metric == Metric.RESOLUTION
    said = "periode" if text else "frist"
    assert f"Adressen ba om en {said} som vi ikke forstår." in page.content.decode()
    with pytest.raises(ValueError, match=r"such as|from one to twelve"):
        parse_span(text)


def test_an_address_that_is_understood_says_nothing_of_it(client, levels, administrator):
    client.force_login(administrator)
    assert client.get(GRID, {"period": "2026Q3", "metric": "response"}).context["form"].misread == ""
    assert client.get(GRID).context["form"].misread == ""


def test_the_newest_closed_quarter_is_one_with_figures():
    known = figures.Measured(make.oslo(2025, 1, 1).date(), make.oslo(2025, 8, 1).date())
    assert known.newest_closed_quarter(make.oslo(2026, 11, 24).date()) == Quarter(2025, 3)
    running = figures.Measured(make.oslo(2025, 1, 1).date(), make.oslo(2026, 11, 1).date())
    assert running.newest_closed_quarter(make.oslo(2026, 11, 24).date()) == THIRD


@pytest.mark.parametrize(
    ("owner", "sentence"),
    [
        (
            "administrator",
            "E-post og Sak/arkiv er ikke godt nok hos én eller flere eiere. Alt annet som er målt, er på mål.",
        ),
        ("order_placer", "E-post er ikke godt nok. "),
    ],
)
def test_the_state_tells_the_finding(levels, request, owner, sentence):
    with translation.override("nb"):
        grid = figures.grid(request.getfixturevalue(owner), Metric.RESOLUTION, THIRD)
        assert words.state(grid) == sentence


def test_the_state_counts_the_owners_in_words(arendal, grimstad, administrator):
    for place in (arendal, grimstad):
        make.participation(place)
    email = make.service()
    make.agreement((email, arendal), (email, grimstad))
    reported(email, arendal, make.oslo(2026, 8, 3, 9), BROKEN)
    recalculate()
    with translation.override("nb"):
        grid = figures.grid(administrator, Metric.RESOLUTION, THIRD)
        assert words.state(grid).strip() == "E-post er ikke godt nok hos én av to eiere."


def test_what_was_reported_without_an_agreement_is_counted_and_linked(client, levels, grimstad, arendal, administrator):
    reported(levels.archive, arendal, make.oslo(2026, 8, 3, 9), HELD)
    client.force_login(administrator)
    page = client.get(GRID + QUARTER)
    assert page.context["grid"].without_agreement == 1
    listed = client.get(page.context["left_out_url"])
    assert [row.record.service for row in listed.context["table"].rows] == [levels.archive]


def test_a_dash_is_no_link_and_a_measured_cell_is_one_and_so_is_a_sum(client, levels, administrator):
    client.force_login(administrator)
    page = client.get(GRID + QUARTER).content.decode()
    cells, services, owners, all_of_them = 3, 2, 2, 1
    assert page.count('<a class="sla-cell"') == cells + services + owners + all_of_them
    assert len(re.findall(r'<span class="sla-cell" data-status="not-measured">', page)) == 1


def test_the_file_has_a_row_for_every_cell(client, levels, administrator):
    client.force_login(administrator)
    head, *rows = rows_of(client.get(GRID + QUARTER + "&format=csv"))
    assert len(rows) == 4
    assert rows[0] == [
        "EPOST",
        "E-post",
        "4203",
        "Arendal",
        "Løst innen frist",
        "3. kvartal 2026",
        "2",
        "3",
        "66,6",
        "90,0",
        "ikke godt nok",
    ]
    assert len(head) == len(rows[0])


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_takes_the_same_queries_however_many_services(
    client, arendal, administrator, count, django_assert_num_queries
):
    make.participation(arendal)
    covered = [make.service(f"S{number}", f"Tjeneste {number}") for number in range(count)]
    make.agreement(*((service, arendal) for service in covered))
    for service in covered:
        reported(service, arendal, make.oslo(2026, 8, 3, 9), HELD)
    recalculate()
    client.force_login(administrator)
    with django_assert_num_queries(12):
        client.get(GRID + QUARTER)


def test_a_panel_holds_the_incidents_behind_the_figure(levels, arendal, administrator):
    opened = panel(administrator, levels.email, arendal, Metric.RESOLUTION, THIRD)
    assert (opened.level.met, opened.level.counted) == (2, 3)
    assert [clock.incident for clock in opened.clocks] == levels.incidents[:3]
    assert [(line.month.month, line.met, len(line.clocks)) for line in opened.months] == [
        (7, 1, 1),
        (8, 1, 2),
        (9, 0, 0),
    ]


def test_the_clocks_of_a_panel_are_those_the_figure_counts(levels, arendal, grimstad, administrator):
    for service in (levels.email, levels.archive):
        for place in (arendal, grimstad):
            for metric in MONTHLY:
                opened = panel(administrator, service, place, metric, THIRD)
                assert len(opened.clocks) == opened.level.counted
                assert sum(bool(clock.met) for clock in opened.clocks) == opened.level.met


def test_of_many_incidents_the_broken_ones_are_shown_first(arendal, administrator):
    email = make.service()
    make.agreement((email, arendal))
    for number in range(SHOWN + 4):
        reported(email, arendal, make.oslo(2026, 8, 3, 8, number), BROKEN if number % 6 == 0 else HELD)
    recalculate()
    opened = panel(administrator, email, arendal, Metric.RESOLUTION, THIRD)
    assert [bool(clock.met) for clock in opened.shown] == [False, False] + [True] * (SHOWN - 2)


def test_a_cell_opens_beside_the_grid_and_takes_the_focus(client, levels, arendal, administrator):
    client.force_login(administrator)
    url = reverse("sla:grid-cell", args=["EPOST", arendal.pk]) + QUARTER
    page = client.get(url).content.decode()
    assert len(re.findall(r'<a class="sla-cell"[^>]* aria-current="true"', page)) == 1
    assert '<aside class="panel"' in page
    assert re.search(
        r'panel-close"[^>]* autofocus href="/tjenesteniva/\?period=2026Q3&amp;metric=resolution#celle-', page
    )
    assert beside(page) == beside(client.get(url, headers={"HX-Request": "true"}).content.decode())


def beside(page: str) -> str:
    """The grid and the panel, without the frame around them."""
    return page.split("<main", 1)[1].split("</aside>", 1)[0]


def test_the_panel_shows_time_used_of_time_agreed(client, levels, arendal, administrator):
    client.force_login(administrator)
    page = client.get(reverse("sla:grid-cell", args=["EPOST", arendal.pk]) + QUARTER)
    assert [clock.used for clock in page.context["clocks"]] == [
        "2\u00a0t av 8\u00a0t",
        "54\u00a0t 15\u00a0min av 8\u00a0t",
        "2\u00a0t av 8\u00a0t",
    ]


def test_the_incidents_of_a_cell_come_as_a_file(client, levels, arendal, administrator):
    client.force_login(administrator)
    url = reverse("sla:grid-cell", args=["EPOST", arendal.pk]) + QUARTER
    head, *rows = rows_of(client.get(url + "&format=csv"))
    assert [row[0] for row in rows] == [incident.external_id for incident in levels.incidents[:3]]
    assert {len(row) for row in rows} == {len(head)}


def test_see_all_leads_to_the_incidents_that_the_cell_counts(client, levels, arendal, administrator):
    for number in range(SHOWN):
        reported(levels.email, arendal, make.oslo(2026, 8, 4, 8, number), HELD)
    recalculate()
    client.force_login(administrator)
    page = client.get(reverse("sla:grid-cell", args=["EPOST", arendal.pk]) + QUARTER)
    listed = client.get(page.context["all_url"])
    assert listed.context["table"].paginator.count == page.context["panel"].level.counted == SHOWN + 3


def test_a_cell_without_figures_says_so(client, levels, arendal, administrator):
    client.force_login(administrator)
    page = client.get(reverse("sla:grid-cell", args=["SAK", arendal.pk]) + QUARTER)
    assert page.status_code == 200
    assert "Ingen frist ble avgjort her" in page.content.decode()
