"""What becomes of an outage when its source tells of it again.

A source names outages by number. Where it tells that owners met one number at different times, each time is an outage
of its own here: a part of the number, with one story (from when until when, planned or not, what happened).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sla.models import Outage
from sla.outages.reports import Hit, Place, Report

type Key = tuple[Report, int | None]
"""A story, and the id of the part whose kind a person has decided, where the place was that part's."""


@dataclass(frozen=True)
class Change:
    """A part as it was, or None, and as it is to be, or None. A new part follows the decisions about `judged_as`."""

    outage: Outage | None
    report: Report | None
    judged_as: Outage | None = None


def changes(parts: Sequence[Outage], reports: Sequence[Report], *, is_whole: bool) -> Iterator[Change]:
    """Of all parts of one number. Of two reports about one place the last counts.

    is_whole    the reports tell everything; otherwise what they do not mention stays as it was
    """
    told = {hit.place: (report, hit) for report in reports for hit in report.hits}
    groups, assigned, free = dict[Key, dict[Place, Hit]](), dict[Key, Outage](), list(parts)
    for part in parts:
        kept = {} if is_whole else {hit.place: hit for hit in hits_of(part) if hit.place not in told}
        if kept and (key := _key(story_of(part), part)) not in assigned:
            assigned[key] = part
            free.remove(part)
        if kept:
            groups.setdefault(key, {}).update(kept)
    owners = {hit.place: part for part in parts for hit in hits_of(part)}
    for place, (report, hit) in told.items():
        groups.setdefault(_told_key(report, owners.get(place), parts), {})[place] = hit
    decided = {part.pk: part for part in parts}
    for key, hits in sorted(groups.items(), key=lambda group: group[0][1] is None):
        outage = assigned.get(key) or _nearest(free, key, hits)
        story, judged = _key(key[0], outage)[0], decided[key[1]] if key[1] else None
        yield Change(outage, replace(story, hits=tuple(hits.values())), judged)
    for part in free:
        yield Change(part, None)


def _told_key(report: Report, owner: Outage | None, parts: Sequence[Outage]) -> Key:
    """A title that is not told stays."""
    known = owner or next(iter(parts), None)
    title = (known.title if known else "") if report.title is None else report.title
    return _key(replace(report, hits=(), title=title), owner)


def _key(story: Report, owner: Outage | None) -> Key:
    if owner and owner.is_decided:
        return replace(story, kind=owner.kind, notified=owner.notified), owner.pk
    return story, None


def _nearest(free: list[Outage], key: Key, hits: Mapping[Place, Hit]) -> Outage | None:
    """Taken out of those that are free: the part itself, or the one of this story, or of these places, or any."""
    if not free:
        return None
    story, decided = key

    def likeness(part: Outage) -> tuple[bool, bool, bool]:
        return part.pk == decided, story_of(part) == story, any(hit.place in hits for hit in hits_of(part))

    nearest = max(free, key=likeness)
    free.remove(nearest)
    return nearest


def story_of(outage: Outage) -> Report:
    return Report(
        source=outage.source,
        external_id=outage.external_id,
        hits=(),
        started=outage.started,
        ended=outage.ended,
        kind=outage.kind,
        notified=outage.notified,
        title=outage.title,
    )


def hits_of(outage: Outage) -> list[Hit]:
    return [Hit(row.service, row.organisation, row.affected_share) for row in outage.reach.all()]
