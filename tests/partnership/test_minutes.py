"""Minutes on paper: a screen reader can read them, the same meeting gives the same bytes, and the word is the law's."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partnership import minutes
from partnership.actions.meetings import hold_meeting, record_attendance
from partnership.actions.minutes import approve_minutes
from partnership.actions.resolutions import treat_item
from partnership.models import BodyKind, LegalForm, LegalFormPeriod, MeetingState, SeatRole
from partnership.periods import days
from tests import make, make_bodies

OUTLOUD = Path(sys.executable).with_name("outloud")


@pytest.fixture
def meeting(board_member, arendal):
    """A deputy came, a vote was divided with dissent, and somebody follows up."""
    make.partnership(is_demonstration=True)
    board = make_bodies.body()
    chair = make_bodies.seat(board, board_member, SeatRole.CHAIR, organisation=arendal)
    absent = make_bodies.seat(board, "Berit Foss")
    deputy = make_bodies.deputy(board, "Terje Mykland")
    meeting = make_bodies.meeting(board, MeetingState.CALLED, remarks="Innkallingen ble godkjent.")
    record_attendance(meeting=meeting, present={chair: True, absent: False}, by=None)
    record_attendance(meeting=meeting, present={deputy: True}, by=None)
    item = make_bodies.item(meeting, "Felles innkjøp", proposal="Styret godkjenner innkjøpet.")
    words = {"text": "Styret godkjenner innkjøpet.", "dissent": "Terje Mykland vil vente."}
    votes = {"votes_for": Decimal(1), "votes_against": Decimal(1), "votes_blank": Decimal(0)}
    resolution = treat_item(item=item, revision=0, by=None, **words, **votes)
    make_bodies.follow_up(resolution, board_member, text="Legg fram en plan")
    hold_meeting(meeting=meeting, by=None)
    meeting.refresh_from_db()
    return meeting


def ko(last=None):
    known = make.partnership()
    return LegalFormPeriod.objects.create(partnership=known, form=LegalForm.KO, period=days(make.LONG_AGO, last))


def printed(meeting, language):
    return minutes.paper(minutes.written(meeting, language), meeting)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_checker_finds_nothing_and_the_bytes_are_the_same_again(meeting, language, tmp_path):
    paper = printed(meeting, language)
    (tmp_path / "minutes.pdf").write_bytes(paper)
    command = [OUTLOUD, "--fail-on", "warning", tmp_path / "minutes.pdf"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "0 error(s), 0 warning(s)" in found.stdout, found.stdout
    assert printed(meeting, language) == paper


def test_the_paper_says_who_was_there_what_was_decided_and_who_does_what(meeting):
    said = " ".join(page.get_text() for page in pymupdf.open(stream=printed(meeting, "nb")))
    for words in ("Protokoll Styret 1/26", "Terje Mykland", "Innkallingen ble godkjent.", "vil vente", "Tor Lund"):
        assert words in said


def test_a_real_partnership_has_no_demonstration_on_its_minutes(db):
    make.partnership()
    assert "DEMO" not in minutes.written(make_bodies.meeting(make_bodies.body(), MeetingState.HELD), "nb")


@pytest.mark.parametrize(
    ("kind", "is_ko", "name", "button", "file"),
    [
        (BodyKind.BOARD, False, "Protokoll", "Godkjenn protokollen", "protokoll-2026-1.pdf"),
        (BodyKind.BOARD, True, "Møtebok", "Godkjenn møteboka", "motebok-2026-1.pdf"),
        (BodyKind.JOINT_BOARD, False, "Møtebok", "Godkjenn møteboka", "motebok-2026-1.pdf"),
    ],
)
def test_pages_and_file_say_the_word_of_the_body(client, administrator, kind, is_ko, name, button, file):
    if is_ko:
        ko()
    held = make_bodies.meeting(make_bodies.body(kind=kind), MeetingState.HELD)
    client.force_login(administrator)
    assert f"<h2>{name}</h2>" in client.get(reverse("partnership:meeting-detail", args=[held.pk])).content.decode()
    assert f">{button}<" in client.get(reverse("partnership:minutes-approve", args=[held.pk])).content.decode()
    approve_minutes(meeting=held, language="nb", by=administrator)
    paper = client.get(reverse("partnership:minutes-file", args=[held.pk]))
    assert file in paper.headers["Content-Disposition"]


def test_the_word_is_that_of_the_day_the_meeting_was_on(db):
    ko(last=date(2025, 12, 31))
    board = make_bodies.body()
    before, after = (make_bodies.meeting(board, starts=make.oslo(year, 5, 4, 10)) for year in (2025, 2026))
    assert [minutes.file_name(one) for one in (before, after)] == ["motebok-2025-1.pdf", "protokoll-2026-1.pdf"]


def test_a_meeting_is_not_closed_while_a_matter_is_undecided(client, administrator):
    meeting = make_bodies.meeting(make_bodies.body(), MeetingState.CALLED)
    for title in ("Budsjett", "Avtale"):
        make_bodies.item(meeting, title)
    client.force_login(administrator)
    refused = client.post(reverse("partnership:meeting-hold", args=[meeting.pk]))
    assert refused.status_code == 422
    assert "Disse sakene mangler vedtak: 1/26, 2/26." in refused.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED


def test_a_matter_added_afterwards_is_decided_before_the_minutes_are_approved(meeting):
    make_bodies.item(meeting, "Eventuelt")
    with pytest.raises(ValidationError, match="mangler vedtak: 2/26"):
        approve_minutes(meeting=meeting, language="nb", by=None)


def test_who_writes_second_is_told_and_keeps_her_words(client, administrator):
    """The form's own field is not taken for the mark that pages carry of what their reader saw."""
    held = make_bodies.meeting(make_bodies.body(), MeetingState.HELD)
    url = reverse("partnership:minutes-edit", args=[held.pk])
    client.force_login(administrator)
    assert client.get(url).content.count(b'name="before"') == 1
    assert client.post(url, {"remarks": "Møtet ble satt.", "before": ""}).status_code == 302
    refused = client.post(url, {"remarks": "Jeg skrev noe annet.", "before": ""})
    assert refused.status_code == 422
    assert "Jeg skrev noe annet." in refused.content.decode()
    held.refresh_from_db()
    assert held.remarks == "Møtet ble satt."
