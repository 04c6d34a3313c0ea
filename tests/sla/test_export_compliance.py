import csv
import gzip
import io
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kit.worktime import WorkTime
from sla.models import Incident
from tests.sla.loading import CONFIG

OSLO = ZoneInfo("Europe/Oslo")
EXPORT = Path("sla/data/servicenow_incident_events.csv.gz")
TARGETS = {str(priority): {"response": 15 * priority, "resolution": 300 * priority} for priority in range(1, 5)}


@pytest.fixture
def real_desk(tmp_path, db):
    """The real export, under two versions of an agreement."""
    for name, targets in (("first", TARGETS), ("second", TARGETS | {"3": {"response": 5, "resolution": 60}})):
        config = CONFIG | {"targets": targets}
        (tmp_path / f"{name}.json").write_text(json.dumps(config), encoding="utf-8")
    mapping = {key: CONFIG[key] for key in ("municipality", "service")}
    (tmp_path / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    (tmp_path / "export.csv").write_bytes(gzip.decompress(EXPORT.read_bytes()))
    call_command("load_agreement", str(tmp_path / "first.json"), "--from", "2016-01-01")
    call_command("load_agreement", str(tmp_path / "second.json"), "--from", "2016-03-01")
    mapping_file = str(tmp_path / "mapping.json")
    call_command("import_incidents", str(tmp_path / "export.csv"), "--source", "servicenow", "--mapping", mapping_file)


def exported(capsys, *arguments: str) -> str:
    capsys.readouterr()
    call_command("export_compliance", *arguments)
    return capsys.readouterr().out


def reckoned() -> Counter:
    """Incident by incident, with the scalar working time: (municipality, service, priority, metric, month, met)."""
    hours = WorkTime(CONFIG["weekly"], [date.fromisoformat(day) for day in CONFIG["holidays"]])
    return Counter(
        decision
        for one in Incident.objects.select_related("organisation", "service").prefetch_related("pauses")
        for metric, stop in (("response", one.responded), ("resolution", one.resolved))
        if (decision := decided(one, metric, stop, hours))
    )


def decided(one, metric, stop, hours):
    second = one.opened.astimezone(OSLO).date().isoformat() >= "2016-03-01" and one.priority == 3
    minutes = {"response": 5, "resolution": 60}[metric] if second else TARGETS[str(one.priority)][metric]
    pauses = [(pause.started, pause.ended) for pause in one.pauses.all()] if metric == "resolution" else []
    due = hours.due(one.opened, timedelta(minutes=minutes), pauses)
    instants = [instant for instant in (stop, due) if instant and instant <= timezone.now()]
    if not instants:
        return None
    met = stop is not None and (due is None or stop <= due)
    month = f"{min(instants).astimezone(OSLO):%Y-%m}"
    return one.organisation.number, one.service.code, str(one.priority), metric, month, met


def test_the_real_export_gives_the_counts_of_a_reckoning_row_by_row(real_desk, capsys):
    text = exported(capsys, "--from", "2016-01", "--to", "2017-12")

    decisions = reckoned()
    cells = sorted({decision[:-1] for decision in decisions})
    expected = [(*cell, decisions[*cell, True] + decisions[*cell, False], decisions[*cell, True]) for cell in cells]
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["municipality", "service", "priority", "metric", "month", "counted", "met"]
    assert sorted(tuple(row) for row in rows) == [tuple(map(str, row)) for row in expected]
    assert len(rows) == len({tuple(row[:5]) for row in rows})
    assert len(rows) > 10
    assert "\r" not in text


def test_only_the_months_asked_for_are_written(real_desk, capsys):
    whole = exported(capsys, "--from", "2016-01", "--to", "2017-12").splitlines()

    march = exported(capsys, "--from", "2016-03", "--to", "2016-03").splitlines()

    assert march == [line for line in whole if line == whole[0] or ",2016-03," in line]
    assert len(march) > 1


def test_nothing_measured_is_a_header_alone(db, capsys):
    assert exported(capsys, "--from", "2016-01", "--to", "2016-02") == (
        "municipality,service,priority,metric,month,counted,met\n"
    )


@pytest.mark.parametrize("months", [("2016-13", "2016-12"), ("2016-03", "2016-02"), ("March", "2016-04")])
def test_months_that_are_none_are_refused(db, months):
    with pytest.raises(CommandError) as told:
        call_command("export_compliance", "--from", months[0], "--to", months[1])
    assert str(told.value).startswith("--")
    assert "\n" not in str(told.value)
