"""`manage.py board_report`: the whole report in one process, and one sentence when it cannot be."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kit.quarters import Quarter
from partnership.models import Job
from reports.models import Edition
from tests.reports import made
from tests.sla import measured

pytestmark = pytest.mark.django_db


def test_the_report_is_drafted_and_its_paper_written(arendal, grimstad, tmp_path):
    measured.levels(arendal, grimstad)
    out, said, file = io.StringIO(), io.StringIO(), tmp_path / "report.pdf"
    call_command("board_report", "2026Q3", output=file, stdout=out, stderr=said)
    assert file.read_bytes()[:5] == b"%PDF-"
    assert out.getvalue() == ""
    assert said.getvalue() == f"Styrerapport 2026Q3 (utkast) er skrevet til {file}.\n"
    assert file.read_bytes() == bytes(Edition.objects.get().renderings.get(language="nb").pdf)


def test_a_published_report_is_written_as_it_was_published(tmp_path):
    made.published()
    call_command("board_report", "2026Q3", output=tmp_path / "a.pdf", language="nn", stderr=io.StringIO())
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-"


def test_owners_own_editions_stand_beside_the_boards(arendal, tmp_path):
    made.own_paper(made.published().pk, arendal.pk)
    call_command("board_report", "2026Q3", output=tmp_path / "a.pdf", stderr=io.StringIO())
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-"


def test_a_quarter_that_is_none_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="2026K3 er ikke et kvartal"):
        call_command("board_report", "2026K3", output=tmp_path / "a.pdf")


def test_a_quarter_that_has_not_begun_is_refused_and_nothing_is_made(tmp_path):
    running = Quarter.of(timezone.localdate())
    with pytest.raises(CommandError) as told:
        call_command("board_report", str(running.shifted(1)), output=tmp_path / "a.pdf")
    sentence = "har ikke begynt. Det nyeste kvartalet det kan lages rapport om, er"
    assert str(told.value) == f"{running.shifted(1)} {sentence} {running}."
    assert (Edition.objects.count(), list(tmp_path.iterdir())) == (0, [])


def test_where_nothing_can_be_written_nothing_is_made(tmp_path):
    with pytest.raises(CommandError, match="kan ikke skrives: No such file or directory"):
        call_command("board_report", "2026Q3", output=tmp_path / "nowhere" / "a.pdf")
    assert (Edition.objects.count(), Job.objects.count()) == (0, 0)


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    made.published()
    with pytest.raises(CommandError, match="kan ikke skrives: Is a directory"):
        call_command("board_report", "2026Q3", output=tmp_path)
