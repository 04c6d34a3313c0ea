"""Bodies decide: deputies come by rank, quorum holds in each matter, minutes stand, somebody follows up."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partnership.actions.meetings import record_attendance
from partnership.actions.minutes import approve_minutes
from partnership.actions.resolutions import close_follow_up, treat_item
from partnership.models import Meeting, MeetingState, Resolution, SeatRole
from partnership.quorum import Voice, reckoned
from partnership.waiting import find_resolutions, open_follow_ups
from tests import make_bodies

VOTES = {"text": "Vedtatt.", "votes_against": Decimal(0), "votes_blank": Decimal(0), "dissent": ""}


@pytest.fixture
def board(db):
    return make_bodies.body()


@pytest.mark.parametrize(
    ("voices", "by_votes", "met"),
    [
        ([(1, True), (1, False)], False, False),
        ([(1, True), (1, True), (1, False)], False, True),
        ([(1, True), (1, True), (9, False)], True, False),
        ([(1, False), (1, False), (9, True)], True, True),
        ([(1, True), (1, True), (1, False), (1, False)], False, False),
        ([("33.334", True), ("16.666", True), ("50", False)], True, False),
        ([("33.334", True), ("16.667", True), ("49.999", False)], True, True),
        ([(1, True), (0, False), (0, False)], True, True),
        ([(0, True)], True, False),
        ([], False, False),
        ([], True, False),
    ],
)
def test_more_than_half_must_take_part(voices, by_votes, met):
    known = [Voice(Decimal(weight), here) for weight, here in voices]
    assert reckoned(known, by_votes=by_votes).is_met is met


def test_deputies_are_called_in_by_rank_until_one_comes(board):
    meeting = make_bodies.meeting(board, MeetingState.CALLED)
    member = make_bodies.seat(board, "Nils Berg")
    second, first = make_bodies.deputy(board, "Unni Kjær", 2), make_bodies.deputy(board, "Leif Dahle", 1)
    called = record_attendance(meeting=meeting, present={member: False}, by=None)
    assert [row.seat for row in called] == [first]
    called = record_attendance(meeting=meeting, present={first: False}, by=None)
    assert [row.seat for row in called] == [second]


def test_a_matter_is_decided_once_and_who_comes_second_is_told(board):
    meeting = make_bodies.meeting(board, MeetingState.CALLED)
    item = make_bodies.item(meeting)
    member = make_bodies.seat(board, "Nils Berg", SeatRole.CHAIR)
    with pytest.raises(ValidationError, match="Det er ikke nok til stede"):
        treat_item(item=item, votes_for=Decimal(0), revision=0, by=None, **VOTES)
    record_attendance(meeting=meeting, present={member: True}, by=None)
    for _twice in range(2):
        treat_item(item=item, votes_for=Decimal(1), revision=0, by=None, **VOTES)
    assert Resolution.objects.count() == 1
    with pytest.raises(ValidationError, match="Noen andre har skrevet her"):
        treat_item(item=item, votes_for=Decimal(1), revision=0, by=None, **(VOTES | {"text": "Noe annet."}))


def test_approved_minutes_are_frozen_and_nothing_changes_after(board):
    meeting = make_bodies.meeting(board, MeetingState.HELD)
    made = approve_minutes(meeting=meeting, language="nb", by=None)
    assert (bytes(made.pdf)[:5], len(made.digest)) == (b"%PDF-", 64)
    with pytest.raises(ValidationError, match="Møtet er godkjent"):
        record_attendance(meeting=meeting, present={}, by=None)


def test_a_draft_exists_for_its_members_only(board, board_member, order_placer):
    meeting = make_bodies.meeting(board)
    assert list(Meeting.objects.visible_to(board_member)) == []
    make_bodies.seat(board, board_member)
    assert list(Meeting.objects.visible_to(board_member)) == [meeting]
    assert list(Meeting.objects.visible_to(order_placer)) == []


@pytest.fixture
def resolution(board):
    return make_bodies.resolution(make_bodies.item(make_bodies.meeting(board, MeetingState.HELD), "Fordelingsnøkkel"))


@pytest.mark.parametrize("text", ["fordeling", "budsjettene", "fordelingsnøkel", "1/26"])
def test_a_resolution_is_found_by_part_stem_likeness_and_number(order_placer, stranger, resolution, text):
    assert list(find_resolutions(order_placer, text)) == [resolution]
    assert list(find_resolutions(stranger, text)) == []


def test_an_owner_marks_her_follow_up_as_done_without_meeting_rights(client, order_placer, resolution):
    row = make_bodies.follow_up(resolution, order_placer)
    assert list(open_follow_ups(order_placer)) == [row]
    client.force_login(order_placer)
    client.post(reverse("partnership:follow-up-close", args=[row.pk]), {"note": "Sendt."})
    assert list(open_follow_ups(order_placer)) == []
    with pytest.raises(ValidationError, match="allerede merket"):
        close_follow_up(follow_up=row, note="En gang til", by=order_placer)


def test_meeting_add_keeps_what_was_typed_and_is_made_once(client, administrator, board):
    client.force_login(administrator)
    url = reverse("partnership:meeting-add", args=[board.pk])
    assert client.post(url, {"day": "1.", "clock": "10.00", "place": "Risør"}).status_code == 422
    typed = {"day": "01.12.2026", "clock": "10.00", "place": "Risør"}
    assert [client.post(url, typed).status_code for _twice in range(2)] == [302, 422]
    assert Meeting.objects.count() == 1
