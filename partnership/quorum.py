"""Are enough present to decide? Reckoned for each matter, since a disqualified member does not count in it.

The rule here is more than half of the members or, where the body says so, more than half of the votes. What a law or an
agreement wants beside that becomes data of the body.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NO_VOTES = Decimal(0)


@dataclass(frozen=True)
class Voice:
    """A member's seat: its votes, and whether somebody sits in it who may take part."""

    weight: Decimal
    takes_part: bool


@dataclass(frozen=True)
class Quorum:
    """`members` and `votes` are all there are; `present` and `votes_present` those that take part."""

    members: int
    present: int
    votes: Decimal
    votes_present: Decimal
    by_votes: bool = False

    @property
    def is_met(self) -> bool:
        """More than half, never just half; a body without members decides nothing."""
        if self.by_votes:
            return self.votes_present * 2 > self.votes
        return self.present * 2 > self.members


def reckoned(voices: Iterable[Voice], *, by_votes: bool = False) -> Quorum:
    known = list(voices)
    here = [voice for voice in known if voice.takes_part]
    return Quorum(
        members=len(known),
        present=len(here),
        votes=sum((voice.weight for voice in known), NO_VOTES),
        votes_present=sum((voice.weight for voice in here), NO_VOTES),
        by_votes=by_votes,
    )
