"""What a meeting decides, and what is done about it."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.actions.meetings import item_at, locked
from partnership.history import recorded
from partnership.meeting_figures import quorum_in
from partnership.meeting_words import votes
from partnership.models import AgendaItem, Disqualification, FollowUp, Resolution, Seat, User

WRITTEN = ("text", "votes_for", "votes_against", "votes_blank", "dissent")


@recorded
def treat_item(
    *,
    item: AgendaItem,
    text: str,
    votes_for: Decimal,
    votes_against: Decimal,
    votes_blank: Decimal,
    dissent: str,
    revision: int,
    by: User | None,
) -> Resolution:
    """Writes the resolution or writes it anew. What was sent twice is written once."""
    words = dict(zip(WRITTEN, (text, votes_for, votes_against, votes_blank, dissent), strict=True))
    if (known := Resolution.objects.filter(item=item, **words).first()) and not item.meeting.is_approved:
        return known
    fresh = item_at(item, revision)
    _require_treatable(fresh)
    _require_votes(fresh, votes_for + votes_against + votes_blank)
    resolution = Resolution.objects.filter(item=fresh).first() or Resolution(item=fresh)
    for name, value in words.items():
        setattr(resolution, name, value)
    resolution.full_clean()
    resolution.save()
    fresh.revision += 1
    fresh.save(update_fields=["revision"])
    return resolution


def _require_treatable(item: AgendaItem) -> None:
    if not item.meeting.is_treatable:
        raise ValidationError(_("Call the meeting before its matters are decided."))


def _require_votes(item: AgendaItem, cast: Decimal) -> None:
    """Enough must be present in this matter, and nobody votes who is not."""
    quorum = quorum_in(item)
    if not quorum.is_met:
        raise ValidationError(_("Not enough are present to decide this matter. Write down who is there first."))
    if cast != quorum.votes_present:
        words = _("%(cast)s votes are written, but %(present)s are present in this matter.")
        values = {"cast": votes(cast), "present": votes(quorum.votes_present)}
        raise ValidationError({"votes_for": ValidationError(words, params=values)})


@recorded
def disqualify(*, item: AgendaItem, seat: Seat, reason: str, by: User | None) -> Disqualification:
    """Before the matter is decided: the votes follow from who takes part."""
    locked(item.meeting)
    if Resolution.objects.filter(item=item).exists():
        raise ValidationError(_("The matter is decided already."))
    row = Disqualification(item=item, seat=seat, reason=reason)
    row.full_clean()
    row.save()
    return row


@recorded
def add_follow_up(*, resolution: Resolution, text: str, owner: User, due: date, by: User | None) -> FollowUp:
    locked(resolution.item.meeting)
    row = FollowUp(resolution=resolution, text=text, owner=owner, due=due)
    row.full_clean()
    row.save()
    return row


@recorded
def close_follow_up(*, follow_up: FollowUp, note: str, by: User | None, on: date | None = None) -> FollowUp:
    """Done today, with what came of it. Somebody who comes second is told so."""
    fresh = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if not fresh.is_open:
        raise ValidationError(_("This is marked as done already."))
    fresh.done_on, fresh.note = on or timezone.localdate(), note
    fresh.full_clean()
    fresh.save()
    return fresh
