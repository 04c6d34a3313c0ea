"""Availability in the report: in a sentence, in a table of quarters, in the file and as a correction."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kit.charts import PRINT, WEB
from kit.quarters import Quarter
from partnership.access import Role
from reports import csv_twin
from reports.document import Edited, laid_out
from reports.figures import BoardFigures, collect, frozen, thawed
from reports.models import Edition
from sla.actions.outages import save_outages
from sla.models import Metric, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo
from tests.reports import made
from tests.reports.made import THIRD
from tests.sla import measured

CUT_OFF = oslo(2026, 10, 6, 9)


@pytest.fixture
def levels(arendal, grimstad):
    """Availability promised of e-mail to both owners and of the archive to one; the archive was down for a day."""
    found = measured.levels(arendal, grimstad)
    promised = {"wanted": "0.995", "good_enough": "0.99", "notice_days": 3, "pauses": False}
    Target.objects.create(version=found.version, metric=Metric.AVAILABILITY, **promised)
    recalculate()
    down(found.archive, "1", 8)
    return found


def down(service, number: str, day: int) -> None:
    times = {"started": oslo(2026, 9, day, 8), "ended": oslo(2026, 9, day, 15, 45)}
    save_outages(reports=[Report(source="test", external_id=number, hits=[Hit(service, None)], **times)], by=None)


def board() -> BoardFigures:
    return collect(THIRD, CUT_OFF)


def document(figures: BoardFigures, medium=PRINT):
    with translation.override("nb"):
        return laid_out(figures, Edited("0" * 64, {}, None), medium)


def test_it_is_frozen_with_the_report_and_comes_back_unchanged(levels):
    figures = board()
    assert thawed(frozen(figures)) == figures
    assert [one.name.nb for one in figures.uptime.services] == ["E-post", "Sak/arkiv"]
    email, archive = figures.uptime.services
    assert (email.now.met, email.now.counted) == (email.now.counted, 2 * archive.now.counted)
    assert archive.now.counted - archive.now.met == timedelta(hours=7.75).total_seconds()


def test_a_sentence_tells_what_was_below_good_enough_and_a_table_each_quarter(levels):
    services = document(board()).services
    assert services.lede.endswith("Oppetiden var 99,49\u00a0%, og under godt nok for sak/arkiv (98,48\u00a0%).")
    assert [(name, cells[-1].value, cells[-1].mark.word) for name, cells in services.uptime] == [
        ("E-post", "100,00", "på mål"),
        ("Sak/arkiv", "98,48", "ikke godt nok"),
        ("Alle tjenester", "99,49", "godt nok"),
    ]
    assert all(not share.url for _name, cells in services.uptime for share in cells)
    paged = document(board(), WEB).services
    assert [cells[-1].url for _name, cells in paged.uptime] == [
        f"/nedetid/?service={levels.email.pk}&period=2026Q3",
        f"/nedetid/?service={levels.archive.pk}&period=2026Q3",
        "/nedetid/?period=2026Q3",
    ]
    assert paged.uptime[0][1][-2].url == f"/nedetid/?service={levels.email.pk}&period=2026Q2"


def test_an_availability_on_the_page_opens_its_outages(client, levels, board_member):
    client.force_login(board_member)
    opened = [client.get(cells[-1].url) for _name, cells in document(board(), WEB).services.uptime]
    assert [page.context["table"].paginator.count for page in opened] == [0, 1, 1]


def test_the_worst_is_drawn_month_by_month(levels):
    details = document(board()).services.details
    assert details[0].title == "Sak/arkiv: 98,48\u00a0% oppetid, godt nok er 99"
    drawn = details[0].chart.table.rows
    assert (drawn[-1], len(drawn)) == (("september 2026", "95,45"), 24)
    assert details[0].text.startswith("Andel av avtalt tid tjenesten var oppe per måned, %.")


def test_a_report_from_before_the_months_were_kept_is_read_as_it_was(levels):
    data = frozen(board())
    del data["sections"]["uptime"]["months"]
    for service in data["sections"]["uptime"]["services"]:
        del service["months"]
    told = thawed(data)
    assert (told.uptime.months, told.uptime.services[0].months) == ((), ())
    assert not any("oppetid" in detail.title for detail in document(told).services.details)


def test_without_anything_below_nothing_is_named(levels):
    save_outages(reports=[Report(source="test", external_id="1", hits=[Hit(levels.email, None)], **moment())], by=None)
    assert document(board()).services.lede.endswith("og ikke under godt nok for noen tjeneste.")


def moment() -> dict:
    return {"started": oslo(2026, 9, 8, 8), "ended": oslo(2026, 9, 8, 8, 1)}


def test_where_nothing_is_promised_and_in_reports_from_before_nothing_is_said(arendal, grimstad):
    measured.levels(arendal, grimstad)
    older = frozen(board())
    assert document(board()).services.uptime == []
    del older["sections"]["uptime"]
    found = thawed(older)
    assert found.uptime is None
    assert "Oppetid" not in document(found).services.lede


def test_what_is_changed_since_it_was_told_is_corrected(levels):
    made.published()
    down(levels.email, "2", 9)
    figures = collect(Quarter(2026, 4), timezone.now() + timedelta(days=60))
    rows = document(figures).corrections.rows
    assert [(row.figure, row.was, row.now, row.effect) for row in rows] == [
        ("Alle tjenester, oppetid", "99,49\u00a0%", "98,48\u00a0%", "Fra godt nok til ikke godt nok"),
        ("E-post, oppetid", "100,00\u00a0%", "98,48\u00a0%", "Fra på mål til ikke godt nok"),
    ]
    with translation.override("nb"):
        text = csv_twin.csv_twin(figures).decode("utf-8-sig")
    assert "2026Q3;E-post;alle;Rettet, var: oppetid;" in text


def test_the_file_has_its_seconds_and_two_decimals(levels):
    with translation.override("nb"):
        lines = csv_twin.csv_twin(board()).decode("utf-8-sig").splitlines()
    (archive,) = [line for line in lines if line.startswith("2026Q3;Sak/arkiv;alle;oppetid;")]
    counts = archive.split(";")[4:6]
    assert int(counts[1]) - int(counts[0]) == timedelta(hours=7.75).total_seconds()
    assert archive.endswith(";98,48;ikke godt nok")


def test_the_page_of_a_published_report_has_the_table(client, levels):
    one = made.published()
    client.force_login(make.person("Berit Moe", Role.ADMINISTRATOR))
    page = client.get(f"/rapporter/{Edition.objects.get(pk=one.pk).pk}/").content.decode()
    assert "Oppetid, %" in page
    assert 'id="explained-uptime"' in page
