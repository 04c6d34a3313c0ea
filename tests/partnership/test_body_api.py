"""Bodies and resolutions at the REST door: read by those who may see them, narrowed, and told with their parts."""

import pytest

from partnership.models import ApiToken, MeetingState, SeatRole
from tests import make, make_bodies

BODIES, RESOLUTIONS = "/api/v1/bodies/", "/api/v1/resolutions/"


def get(client, user, url):
    _token, text = ApiToken.objects.create(user=user, name="Sak og arkiv")
    return client.get(url, headers={"Authorization": f"Bearer {text}"})


def numbers(answer):
    return [row["number"] for row in answer.json()["results"]]


@pytest.fixture
def board(db):
    return make_bodies.body("Styret", is_open=True, rule_source="IKS-loven § 10")


@pytest.fixture
def decided(board, board_member):
    """A board's resolution that is followed up, and another body's of the year before that is not."""
    held = make_bodies.meeting(board, MeetingState.HELD)
    resolution = make_bodies.resolution(make_bodies.item(held, "Fordelingsnøkkel"), votes=7)
    make_bodies.follow_up(resolution, board_member)
    council = make_bodies.body("Representantskapet", kind="council")
    old = make_bodies.meeting(council, MeetingState.APPROVED, make.oslo(2025, 4, 1, 10))
    make_bodies.resolution(make_bodies.item(old, "Årsregnskap"))
    return resolution


def test_a_body_is_told_with_its_seats_and_without_addresses(client, order_placer, board, board_member, arendal):
    chair = make_bodies.seat(board, board_member, SeatRole.CHAIR, organisation=arendal)
    make_bodies.deputy(board, "Leif Dahle", deputy_of=chair)
    make_bodies.seat(board, "Nils Berg", last=make.LONG_AGO)
    answer = get(client, order_placer, f"{BODIES}{board.pk}/")
    seats = answer.json()["seats"]
    assert [(row["holder"], row["role"], row["deputy_of"]) for row in seats] == [
        ("Tor Lund", "chair", None),
        ("Leif Dahle", "deputy", "Tor Lund"),
    ]
    assert seats[0]["owner"] == "4203"
    assert b"@" not in answer.content


def test_bodies_are_narrowed_by_kind(client, order_placer, board, decided):
    rows = get(client, order_placer, f"{BODIES}?kind=board").json()["results"]
    assert [row["name_nb"] for row in rows] == ["Styret"]


def test_a_resolution_is_told_with_its_follow_ups(client, order_placer, decided):
    told = get(client, order_placer, f"{RESOLUTIONS}{decided.pk}/").json()
    assert (told["number"], told["title"], told["meeting"]) == ("1/26", "Fordelingsnøkkel", "1/26")
    assert told["votes_for"] == "7.000"
    assert [(row["text"], row["owner"]) for row in told["follow_ups"]] == [("Send til eierne", "Tor Lund")]


@pytest.mark.parametrize(
    ("query", "found"),
    [("", ["1/26", "1/25"]), ("?year=2025", ["1/25"]), ("?open=1", ["1/26"]), ("?q=fordelingsnøkel", ["1/26"])],
)
def test_resolutions_are_narrowed_as_on_the_page(client, order_placer, decided, query, found):
    assert numbers(get(client, order_placer, RESOLUTIONS + query)) == found


def test_resolutions_are_narrowed_by_body(client, order_placer, board, decided):
    assert numbers(get(client, order_placer, f"{RESOLUTIONS}?body={board.pk}")) == ["1/26"]


def test_what_a_called_meeting_decides_is_its_members_until_it_is_held(client, order_placer, board_member, db):
    closed = make_bodies.body("Bestillerutvalget", kind="buyers")
    make_bodies.seat(closed, board_member)
    coming = make_bodies.resolution(make_bodies.item(make_bodies.meeting(closed, MeetingState.CALLED)))
    assert numbers(get(client, board_member, RESOLUTIONS)) == ["1/26"]
    assert numbers(get(client, order_placer, RESOLUTIONS)) == []
    assert get(client, order_placer, f"{RESOLUTIONS}{coming.pk}/").status_code == 404


def test_who_has_no_role_finds_nothing(client, stranger, board, decided):
    assert get(client, stranger, f"{BODIES}{board.pk}/").status_code == 404
    assert get(client, stranger, f"{RESOLUTIONS}{decided.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_much_at_any_length(client, order_placer, board_member, django_assert_num_queries, count):
    for number in range(count):
        body = make_bodies.body(f"Utvalg {number}")
        member = make_bodies.seat(body, "Nils Berg")
        make_bodies.deputy(body, "Leif Dahle", deputy_of=member)
        held = make_bodies.meeting(body, MeetingState.HELD)
        make_bodies.follow_up(make_bodies.resolution(make_bodies.item(held)), board_member)
    _token, text = ApiToken.objects.create(user=order_placer, name="Sak og arkiv")
    for url, queries in ((BODIES, 5), (RESOLUTIONS, 5)):
        with django_assert_num_queries(queries):
            assert client.get(url, headers={"Authorization": f"Bearer {text}"}).json()["count"] == count
