"""Six sheets before the appendix, however many owners and services there are and whatever people write."""

from dataclasses import replace

import pymupdf
import pytest

from reports.models import Comment, Edition, SectionKey
from reports.rendering import rendering
from tests.reports.large import board, kept

LONGEST = "Vi har bedt om tiltak, og de kommer etter planen. " * 18


def before_the_appendix(edition: Edition, owner=None) -> int:
    pages = [page.get_text() for page in pymupdf.open(stream=rendering(edition, "nb", owner).pdf)]
    return sum("· vedlegg" not in text for text in pages)


@pytest.mark.parametrize(("services", "owners"), [(10, 8), (45, 40)])
@pytest.mark.parametrize("is_commented", [False, True], ids=["silent", "commented"])
def test_six_sheets_hold_it(db, services, owners, is_commented):
    edition = kept(board(services, owners))
    if is_commented:
        Comment.objects.bulk_create(Comment(edition=edition, section=key, text=LONGEST[:900]) for key in SectionKey)
    assert before_the_appendix(edition) == 6


def test_an_owners_own_edition_holds_it_too(arendal):
    figures = board(10, 8)
    told = figures.service_levels
    own = replace(told, owners=(replace(told.owners[0], id=arendal.pk), *told.owners[1:]))
    edition = kept(replace(figures, sections=figures.sections | {"service_levels": own}))
    assert before_the_appendix(edition, arendal) == 6
