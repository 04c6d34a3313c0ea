"""A meeting from planned by way of called to held. Once its minutes are approved, nothing of it changes."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import AgendaItem, Attendance, Body, Meeting, MeetingState, Presence, Seat, User


def locked(meeting: Meeting) -> Meeting:
    """The meeting, nobody else's until we are done; refused when its minutes are approved."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if fresh.is_approved:
        raise ValidationError(_("The minutes are approved. Nothing of the meeting changes after that."))
    return fresh


@recorded
def add_meeting(
    *, body: Body, day: date, clock: time, place: str = "", is_remote: bool = False, by: User | None
) -> Meeting:
    """The next number of the body's year."""
    Body.objects.select_for_update().get(pk=body.pk)
    meeting = Meeting(body=body, year=day.year, number=_next_number(body.meetings.filter(year=day.year)))
    return _placed(meeting, day, clock, place, is_remote)


@recorded
def edit_meeting(*, meeting: Meeting, day: date, clock: time, place: str, is_remote: bool, by: User | None) -> Meeting:
    """Moved within its year, since the year stands in its number."""
    fresh = locked(meeting)
    if day.year != fresh.year:
        raise ValidationError({"day": _("The meeting keeps its year. Plan a new meeting for another one.")})
    return _placed(fresh, day, clock, place, is_remote)


def _placed(meeting: Meeting, day: date, clock: time, place: str, is_remote: bool) -> Meeting:
    if not place and not is_remote:
        raise ValidationError({"place": _("Write where, or tick that the meeting is remote.")})
    meeting.starts = timezone.make_aware(datetime.combine(day, clock))
    meeting.place, meeting.is_remote = place, is_remote
    meeting.full_clean()
    meeting.save()
    return meeting


def _next_number(rows: Any) -> int:
    return (rows.order_by("-number").values_list("number", flat=True).first() or 0) + 1


@recorded
def call_meeting(*, meeting: Meeting, by: User | None, at: datetime | None = None) -> Meeting:
    """The agenda is out. `at` is now unless the demonstration says otherwise."""
    fresh = _in_state(meeting, MeetingState.PLANNED, _("The meeting is called already."))
    if not fresh.items.exists():
        raise ValidationError(_("The agenda is empty. Add a matter before you call the meeting."))
    fresh.state, fresh.called = MeetingState.CALLED, at or timezone.now()
    fresh.save()
    return fresh


def require_decided(meeting: Meeting) -> None:
    """A meeting answers every matter on its agenda, if only by putting it off."""
    left = [item.label for item in meeting.items.filter(resolution__isnull=True)]
    if left:
        words = _("These matters have no resolution yet: %(matters)s. A matter that is put off is decided so.")
        raise ValidationError(words, params={"matters": ", ".join(left)})


@recorded
def hold_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    fresh = _in_state(
        meeting, MeetingState.CALLED, _("Only a meeting that is called, and not yet held, can be closed.")
    )
    require_decided(fresh)
    fresh.state = MeetingState.HELD
    fresh.save()
    return fresh


def _in_state(meeting: Meeting, state: str, refusal: Any) -> Meeting:
    fresh = locked(meeting)
    if fresh.state != state:
        raise ValidationError(refusal)
    return fresh


@recorded
def write_remarks(*, meeting: Meeting, remarks: str, before: str, by: User | None) -> Meeting:
    """`before` is the text that the writer had before her; another text by now is somebody else's."""
    fresh = locked(meeting)
    if fresh.remarks.split() not in (before.split(), remarks.split()):
        raise ValidationError(SOMEBODY_WROTE)
    fresh.remarks = remarks
    fresh.save()
    return fresh


SOMEBODY_WROTE = _("Somebody else has written here since you opened the page. Open it again before you write.")


@recorded
def add_item(*, meeting: Meeting, title: str, case_text: str, proposal: str, by: User | None) -> AgendaItem:
    """The next number of the body's year."""
    fresh = locked(meeting)
    Body.objects.select_for_update().get(pk=fresh.body_id)
    number = _next_number(AgendaItem.objects.filter(body=fresh.body_id, year=fresh.year))
    item = AgendaItem(meeting=fresh, body=fresh.body, year=fresh.year, number=number)
    item.title, item.case_text, item.proposal = title, case_text, proposal
    item.full_clean()
    item.save()
    return item


@recorded
def edit_item(
    *, item: AgendaItem, title: str, case_text: str, proposal: str, revision: int, by: User | None
) -> AgendaItem:
    fresh = item_at(item, revision)
    fresh.title, fresh.case_text, fresh.proposal = title, case_text, proposal
    fresh.revision += 1
    fresh.full_clean()
    fresh.save()
    return fresh


def item_at(item: AgendaItem, revision: int) -> AgendaItem:
    """The matter, locked with its meeting, as the writer saw it; else somebody else was first."""
    locked(item.meeting)
    fresh = AgendaItem.objects.select_for_update().select_related("meeting__body").get(pk=item.pk)
    if fresh.revision != revision:
        raise ValidationError(SOMEBODY_WROTE)
    return fresh


@recorded
def record_attendance(*, meeting: Meeting, present: Mapping[Seat, bool], by: User | None) -> list[Attendance]:
    """Who is there and who is not. For each member who is absent the next deputy is called in; they come back."""
    fresh = locked(meeting)
    for seat, here in present.items():
        presence = Presence.PRESENT if here else Presence.ABSENT
        Attendance.objects.update_or_create(meeting=fresh, seat=seat, defaults={"presence": presence})
    return _with_deputies(fresh)


def _with_deputies(meeting: Meeting) -> list[Attendance]:
    seats = list(meeting.body.seats.on(timezone.localdate(meeting.starts)).in_order())
    rows = {row.seat_id: row for row in meeting.attendance.all()}
    called = []
    for member in [seat for seat in seats if not seat.is_deputy]:
        standing = [row for row in rows.values() if row.stands_in_for_id == member.pk]
        row = rows.get(member.pk)
        if row is None or row.presence == Presence.PRESENT:
            _let_go(standing, rows)
        elif all(other.presence == Presence.ABSENT for other in standing) and (
            deputy := next_deputy(member, seats, rows)
        ):
            called.append(_call_in(meeting, deputy, member))
            rows[deputy.pk] = called[-1]
    return called


def _let_go(standing: list[Attendance], rows: dict[int, Attendance]) -> None:
    """The member came after all."""
    for row in standing:
        row.delete()
        del rows[row.seat_id]


def _call_in(meeting: Meeting, deputy: Seat, member: Seat) -> Attendance:
    return Attendance.objects.create(meeting=meeting, seat=deputy, presence=Presence.CALLED_IN, stands_in_for=member)


def next_deputy(member: Seat, seats: list[Seat], asked: Mapping[int, Any]) -> Seat | None:
    """The member's own deputies first, then the owner's, then those of the whole body; each by rank."""
    able = [seat for seat in seats if seat.is_deputy and seat.pk not in asked and seat.may_stand_in_for(member)]
    return min(able, key=_turn, default=None)


def _turn(deputy: Seat) -> tuple[bool, bool, int]:
    return deputy.deputy_of_id is None, deputy.organisation_id is None, deputy.rank or 0
