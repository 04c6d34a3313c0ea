"""The lists of meetings and resolutions: as many queries at any length, and a swap that is a reload."""

import pytest
from django.urls import reverse

from partnership.actions.meetings import record_attendance
from partnership.models import MeetingState, SeatRole
from tests import make, make_bodies
from tests.swaps import assert_swap_equals_reload


@pytest.fixture
def board(db):
    return make_bodies.body(deputies_wanted=1)


@pytest.fixture
def secretary(db):
    return make.person("Solveig Aas", make.Role.MEETING_SECRETARY)


def filled(board, owner, count):
    """So many bodies besides the board; members, deputies, coming meetings and decided matters of it."""
    held = make_bodies.meeting(board, MeetingState.HELD)
    for number in range(count):
        make_bodies.body(f"Utvalg {number}")
        member = make_bodies.seat(board, make.person(f"Medlem {number}"))
        make_bodies.deputy(board, f"Vara {number}", deputy_of=member)
        make_bodies.meeting(board, starts=make.oslo(2099, 1, 1 + number, 10))
        resolution = make_bodies.resolution(make_bodies.item(held, f"Sak {number}"))
        make_bodies.follow_up(resolution, owner)
    return held


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("body-list", 7), ("body-detail", 8), ("meeting-detail", 11), ("resolution-list", 8), ("resolution-detail", 6)],
)
def test_pages_ask_as_much_at_any_length(client, board, secretary, django_assert_num_queries, name, queries, count):
    held = filled(board, secretary, count)
    resolution = held.items.get(number=1).resolution
    places = {"body-detail": board.pk, "meeting-detail": held.pk, "resolution-detail": resolution.pk}
    url = reverse(f"partnership:{name}", args=[places[name]] if name in places else [])
    client.force_login(secretary)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_coming_agenda_asks_as_much_whatever_is_left_over(client, board, secretary, django_assert_num_queries, count):
    filled(board, secretary, count)
    coming = make_bodies.meeting(board, MeetingState.CALLED, make.oslo(2098, 1, 1, 10))
    for number in range(count):
        make_bodies.item(coming, f"Ny sak {number}")
    client.force_login(secretary)
    with django_assert_num_queries(11):
        client.get(reverse("partnership:meeting-detail", args=[coming.pk]))


@pytest.mark.parametrize("query", ["", "?q=sak", "?open=1", "?sort=-number"])
def test_resolution_list_swapped_equals_reloaded(client, board, secretary, query):
    filled(board, secretary, 3)
    client.force_login(secretary)
    part = assert_swap_equals_reload(client, reverse("partnership:resolution-list") + query)
    assert "Sak 2" in part


def test_the_file_of_resolutions_holds_what_the_page_is_narrowed_to(client, board, secretary):
    filled(board, secretary, 3)
    client.force_login(secretary)
    answer = client.get(reverse("partnership:resolution-list") + "?format=csv&q=2/26")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(";")[:2] for line in lines] == [["Nummer", "Sak"], ["2/26", "Sak 1"]]


def test_a_council_says_what_is_wanting_until_each_owner_has_member_and_deputies(client, world, secretary):
    council = make_bodies.body("Representantskapet", kind="council", deputies_wanted=2)
    url = reverse("partnership:body-detail", args=[council.pk])
    client.force_login(secretary)
    unseated = ["Arendal er ikke representert.", "Grimstad er ikke representert."]
    assert sorted(client.get(url).context["warnings"]) == unseated
    for owner in (world.arendal, world.grimstad):
        make_bodies.seat(council, f"Ordfører {owner}", organisation=owner)
        make_bodies.deputy(council, f"Vara 1 {owner}", organisation=owner)
    assert client.get(url).context["warnings"] == [
        "Ordfører Arendal har for få varamedlemmer: 1 av 2.",
        "Ordfører Grimstad har for få varamedlemmer: 1 av 2.",
    ]
    for owner in (world.arendal, world.grimstad):
        make_bodies.deputy(council, f"Vara 2 {owner}", 2, organisation=owner)
    assert client.get(url).context["warnings"] == []


def test_the_chair_writes_in_her_own_body_only(client, board, board_member):
    make_bodies.seat(board, board_member, SeatRole.CHAIR)
    other = make_bodies.body("Fagrådet")
    client.force_login(board_member)
    answers = [client.get(reverse("partnership:meeting-add", args=[body.pk])).status_code for body in (board, other)]
    assert answers == [200, 403]


def test_resolutions_stand_newest_first(client, board, secretary):
    for month in (9, 3, 6):
        held = make_bodies.meeting(board, MeetingState.HELD, make.oslo(2026, month, 1, 10))
        make_bodies.resolution(make_bodies.item(held, f"Sak i måned {month}"))
    client.force_login(secretary)
    rows = client.get(reverse("partnership:resolution-list")).context["table"].data
    assert [row.item.title[-1] for row in rows] == ["9", "6", "3"]


def test_nobody_is_warned_of_too_few_before_anybody_is_counted(client, board, secretary):
    member = make_bodies.seat(board, "Berit Foss")
    coming = make_bodies.meeting(board, MeetingState.CALLED)
    url = reverse("partnership:meeting-detail", args=[coming.pk])
    client.force_login(secretary)
    assert "Ikke nok til stede" not in client.get(url).content.decode()
    record_attendance(meeting=coming, present={member: False}, by=None)
    assert "Ikke nok til stede" in client.get(url).content.decode()


def test_one_tap_marks_all_members_but_those_who_are_marked_absent(client, board, secretary):
    seats = [make_bodies.seat(board, name) for name in ("Nils Berg", "Unni Kjær", "Leif Dahle")]
    deputy = make_bodies.deputy(board, "Siri Lien", deputy_of=seats[0])
    coming = make_bodies.meeting(board, MeetingState.CALLED)
    url = reverse("partnership:attendance-edit", args=[coming.pk])
    client.force_login(secretary)
    assert "valgfritt" not in client.get(url).content.decode()
    for _tap in range(2):
        answer = client.post(url, {"everybody": "on", f"seat_{seats[0].pk}": "absent"})
        assert (answer.status_code, answer.url) == (302, reverse("partnership:meeting-detail", args=[coming.pk]))
    assert dict(coming.attendance.values_list("seat", "presence")) == {
        seats[0].pk: "absent",
        seats[1].pk: "present",
        seats[2].pk: "present",
        deputy.pk: "called_in",
    }
