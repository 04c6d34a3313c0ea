"""What the page of a job says. Each kind brings its own words; the floors above tell theirs where their views are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partnership.models import Job

type Link = tuple[str, str]
"""Words and an address."""


@dataclass(frozen=True)
class JobStory:
    """How one kind of job is told.

    title    what is being done, in a few words
    outcome  what came of a job that is done, in a sentence
    back     the way out of the page: to what the job was about, whatever came of it
    result   the way to what a job made that is done; it becomes the page's one button
    """

    title: Any
    outcome: Callable[[Job], str]
    back: Callable[[Job], Link]
    result: Callable[[Job], Link] | None = None


STORIES: dict[str, JobStory] = {}


def tell(kind: str, story: JobStory) -> None:
    STORIES[kind] = story
