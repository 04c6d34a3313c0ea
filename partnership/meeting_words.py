"""What is said of bodies, meetings and votes, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kit import charts, formats
from partnership.figures import written
from partnership.models import Body, BodyKind, FollowUp, Meeting, MeetingState, Organisation, Resolution, Seat
from partnership.quorum import Quorum

STATES = {
    MeetingState.PLANNED: charts.Status.NOT_MEASURED,
    MeetingState.CALLED: charts.Status.ONGOING,
    MeetingState.HELD: charts.Status.GOOD_ENOUGH,
    MeetingState.APPROVED: charts.Status.ON_TARGET,
}


def language() -> str:
    return get_language() or "nb"


def votes(value: Decimal) -> str:
    """With the decimals it needs: «1», «12,5»."""
    return written(value, language())


def day(value: date) -> str:
    return formats.day(value, language())


def instant(value: datetime) -> str:
    return formats.instant(value, language())


def when_and_where(meeting: Meeting) -> str:
    """«12.12.2026 kl. 10.00 · Kommunehuset · fjernmøte»."""
    remote = _("remote meeting") if meeting.is_remote else ""
    return " · ".join(filter(None, [instant(meeting.starts), meeting.place, remote]))


def vote_words(resolution: Resolution) -> str:
    if resolution.is_unanimous:
        return _("Unanimous: %(votes)s for.") % {"votes": votes(resolution.votes_for)}
    values = {name: votes(getattr(resolution, f"votes_{name}")) for name in ("for", "against", "blank")}
    return _("%(for)s for, %(against)s against, %(blank)s blank.") % values


def quorum_words(quorum: Quorum) -> str:
    """How many take part, and whether they are enough."""
    enough = _("Enough are present to decide.") if quorum.is_met else _("Not enough are present to decide.")
    return f"{taking_part(quorum)} {enough}"


def taking_part(quorum: Quorum) -> str:
    if quorum.by_votes:
        values = {"here": votes(quorum.votes_present), "all": votes(quorum.votes)}
        return _("%(here)s of %(all)s votes take part.") % values
    return _("%(here)s of %(all)s members take part.") % {"here": quorum.present, "all": quorum.members}


def open_words(count: int) -> str:
    words = ngettext("%(count)s follow-up is open.", "%(count)s follow-ups are open.", count)
    return words % {"count": count} if count else ""


def due_words(follow_up: FollowUp) -> str:
    """«Tor Lund, frist 12.12.2026»."""
    values = {"owner": follow_up.owner.name, "day": day(follow_up.due)}
    return _("%(owner)s, due %(day)s") % values


def warnings(body: Body, seats: Iterable[Seat], owners: Iterable[Organisation]) -> list[str]:
    """What somebody ought to mend: owners without a seat, too few deputies, terms that expire."""
    rows = [seat for seat in seats if seat.holds_on(timezone.localdate())]
    return [*_unseated(body, rows, owners), *_too_few_deputies(body, rows), *_expiring(rows)]


def _unseated(body: Body, seats: list[Seat], owners: Iterable[Organisation]) -> list[str]:
    if body.kind != BodyKind.COUNCIL:
        return []
    seated = {seat.organisation_id for seat in seats if not seat.is_deputy}
    return [_("%(owner)s has no seat.") % {"owner": owner} for owner in owners if owner.pk not in seated]


def _too_few_deputies(body: Body, seats: list[Seat]) -> list[str]:
    """Deputies of one seat or owner are counted for it; those of all are counted once for the whole body."""
    deputies = [seat for seat in seats if seat.is_deputy]
    words = _("%(name)s has too few deputies: %(count)s of %(wanted)s.")
    found = []
    for member in [seat for seat in seats if not seat.is_deputy]:
        count = sum(deputy.may_stand_in_for(member) for deputy in deputies)
        if count < body.deputies_wanted:
            found.append(words % {"name": member.holder, "count": count, "wanted": body.deputies_wanted})
    return found


def _expiring(seats: list[Seat]) -> list[str]:
    words = _("The term of %(name)s ends on %(day)s.")
    return [
        words % {"name": seat.holder, "day": day(seat.last_day)}
        for seat in seats
        if seat.expires_soon and seat.last_day
    ]
