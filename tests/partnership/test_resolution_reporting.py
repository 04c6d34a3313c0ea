"""What a board report says of resolutions: as it stood when the quarter ended, in shapes that can be frozen."""

from datetime import date

import pytest
from django.utils import timezone

from kit.quarters import Quarter
from partnership.models import MeetingState
from partnership.reporting import resolutions_of
from tests import make, make_bodies

QUARTER = Quarter(2026, 3)


@pytest.fixture
def resolution(db):
    board = make_bodies.body("Styret", name_en="The board")
    held = make_bodies.meeting(board, MeetingState.HELD, make.oslo(2026, 8, 20, 10))
    return make_bodies.resolution(make_bodies.item(held, "Fordelingsnøkkel"))


def followed(resolution, owner, text, due, done_on=None):
    note = "Ferdig" if done_on else ""
    return make_bodies.follow_up(resolution, owner, text=text, due=due, done_on=done_on, note=note)


def test_open_overdue_and_done_are_told_apart(resolution, board_member):
    followed(resolution, board_member, "Over fristen", date(2026, 9, 1))
    followed(resolution, board_member, "Med god tid", date(2099, 1, 1))
    followed(resolution, board_member, "Gjort", date(2026, 9, 1), date(2026, 9, 2))
    told = resolutions_of(QUARTER)
    assert (told.open, told.overdue, told.done) == (2, 1, 1)
    assert [line.text for line in told.open_lines] == ["Over fristen", "Med god tid"]
    assert [line.text for line in told.done_lines] == ["Gjort"]


def test_a_line_says_matter_body_owner_and_date(resolution, board_member):
    followed(resolution, board_member, "Send til eierne", date(2026, 9, 1))
    line = resolutions_of(QUARTER).open_lines[0]
    assert (line.number, line.title, line.owner) == ("1/26", "Fordelingsnøkkel", "Tor Lund")
    assert line.body == ("Styret", "Styret", "The board")
    assert (line.due, line.done_on, line.is_overdue) == (date(2026, 9, 1), None, True)


def test_what_was_done_after_the_quarter_was_open_in_it(resolution, board_member):
    followed(resolution, board_member, "Sent ferdig", date(2026, 9, 1), date(2026, 10, 1))
    told = resolutions_of(QUARTER)
    assert (told.open, told.overdue, told.done, told.open_lines[0].done_on) == (1, 1, 0, None)


def test_what_was_done_before_the_quarter_is_not_told_again(resolution, board_member):
    followed(resolution, board_member, "Ferdig før", date(2026, 9, 1), date(2026, 9, 1))
    told = resolutions_of(Quarter(2026, 4))
    assert (told.open, told.done) == (0, 0)


def test_a_due_date_that_is_the_last_day_is_kept(resolution, board_member):
    followed(resolution, board_member, "Siste dag", date(2026, 9, 30))
    assert resolutions_of(QUARTER).overdue == 0


@pytest.mark.parametrize(
    ("state", "starts", "count"),
    [
        (MeetingState.HELD, make.oslo(2026, 9, 30, 23, 59), 1),
        (MeetingState.HELD, make.oslo(2026, 10, 1), 0),
        (MeetingState.CALLED, make.oslo(2026, 9, 30, 10), 0),
        (MeetingState.APPROVED, make.oslo(2026, 6, 30, 10), 1),
    ],
)
def test_only_meetings_held_until_the_quarter_ends_are_told_of(board_member, state, starts, count):
    meeting = make_bodies.meeting(make_bodies.body(), state, starts)
    make_bodies.follow_up(make_bodies.resolution(make_bodies.item(meeting)), board_member)
    assert resolutions_of(QUARTER).open == count


def test_a_running_quarter_is_told_as_of_today(resolution, board_member):
    today = timezone.localdate()
    followed(resolution, board_member, "Frist i dag", today)
    told = resolutions_of(Quarter.of(max(today, date(2026, 8, 20))))
    assert (told.open, told.overdue) == (1, 0)


def test_nothing_decided_is_told_as_nothing(db):
    told = resolutions_of(QUARTER)
    assert (told.open, told.overdue, told.done, told.open_lines, told.done_lines) == (0, 0, 0, (), ())
