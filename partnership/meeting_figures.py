"""What the pages and the minutes of a meeting say: who sits where, and whether enough take part in each matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from partnership import meeting_words
from partnership.models import (
    AgendaItem,
    Attendance,
    Disqualification,
    FollowUp,
    Meeting,
    Presence,
    Resolution,
    Seat,
)
from partnership.models.meetings import AHEAD
from partnership.quorum import Quorum, Voice, reckoned


@dataclass(frozen=True)
class Place:
    """A member's seat at a meeting, what is known of the member, and the deputies that were asked, in turn."""

    seat: Seat
    own: Attendance | None
    deputies: tuple[Attendance, ...] = ()

    @property
    def sitter(self) -> Seat | None:
        """Who sits here now: the member, else the deputy who came."""
        rows = [row for row in (self.own, *self.deputies) if row]
        return next((row.seat for row in rows if row.presence == Presence.PRESENT), None)

    @property
    def votes(self) -> str:
        return meeting_words.votes(self.seat.weight)


@dataclass(frozen=True)
class Matter:
    """A matter as the page shows it."""

    item: AgendaItem
    resolution: Resolution | None
    follow_ups: tuple[FollowUp, ...]
    disqualified: tuple[Disqualification, ...]
    quorum: Quorum

    @property
    def quorum_words(self) -> str:
        return meeting_words.quorum_words(self.quorum)

    @property
    def vote_words(self) -> str:
        return meeting_words.vote_words(self.resolution) if self.resolution else ""


def places_of(meeting: Meeting) -> list[Place]:
    """The seats of the day the meeting is on, chair first."""
    seats = meeting.body.seats.on(timezone.localdate(meeting.starts)).members().in_order()
    rows = list(meeting.attendance.select_related("seat__user").order_by("pk"))
    own = {row.seat_id: row for row in rows if not row.stands_in_for_id}
    return [
        Place(seat, own.get(seat.pk), tuple(row for row in rows if row.stands_in_for_id == seat.pk))
        for seat in seats.select_related("user", "organisation")
    ]


def matters_of(meeting: Meeting, places: list[Place]) -> list[Matter]:
    items = meeting.items.select_related("resolution").prefetch_related(
        Prefetch("resolution__follow_ups", FollowUp.objects.select_related("owner")),
        Prefetch("disqualified", Disqualification.objects.select_related("seat__user")),
    )
    return [_matter(item, places, by_votes=meeting.body.quorum_by_votes) for item in items]


def _matter(item: AgendaItem, places: list[Place], *, by_votes: bool) -> Matter:
    resolution = getattr(item, "resolution", None)
    disqualified = tuple(item.disqualified.all())
    return Matter(
        item=item,
        resolution=resolution,
        follow_ups=tuple(resolution.follow_ups.all()) if resolution else (),
        disqualified=disqualified,
        quorum=quorum_of(places, (row.seat_id for row in disqualified), by_votes=by_votes),
    )


def quorum_of(places: Iterable[Place], disqualified: Iterable[int] = (), *, by_votes: bool = False) -> Quorum:
    out = set(disqualified)
    voices = [Voice(place.seat.weight, place.sitter is not None and place.sitter.pk not in out) for place in places]
    return reckoned(voices, by_votes=by_votes)


def quorum_in(item: AgendaItem) -> Quorum:
    """Read anew, for an action that must be sure."""
    out = item.disqualified.values_list("seat", flat=True)
    return quorum_of(places_of(item.meeting), out, by_votes=item.meeting.body.quorum_by_votes)


def left_over(meeting: Meeting) -> QuerySet[FollowUp]:
    """What is still to be done after the body's earlier meetings: it stands on this agenda by itself."""
    earlier = FollowUp.objects.open().filter(
        resolution__item__meeting__body=meeting.body_id, resolution__item__meeting__starts__lt=meeting.starts
    )
    if meeting.state not in AHEAD:
        return earlier.none()
    return earlier.select_related("owner", "resolution__item")
