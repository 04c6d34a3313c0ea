"""Reports for the tests: drafted from what the database holds, and published with a stand-in for the paper."""

from typing import Any

from kit.quarters import Quarter
from reports import actions
from reports.models import Edition, Rendering

THIRD = Quarter(2026, 3)


def edition(status: str = "draft", quarter: Quarter = THIRD) -> Edition:
    drafted = actions.draft(quarter=quarter, by=None)
    if status != "draft":
        actions.freeze(edition=drafted, by=None)
    return drafted


def paper(of: Edition, language: str = "nb") -> Rendering:
    return Rendering(edition=of, language=language, html="", pdf=b"%PDF-", csv=b"a;b", digest="0" * 64)


def own_paper(edition: int, owner: int, language: str = "nb") -> Rendering:
    """An owner's own edition, with a stand-in for the paper."""
    whole = {"html": "", "pdf": b"%PDF-", "csv": b"", "digest": "0" * 64}
    return Rendering.objects.create(edition_id=edition, organisation_id=owner, language=language, **whole)


def published(quarter: Quarter = THIRD, **_fields: Any) -> Edition:
    one = edition("frozen", quarter)
    actions.publish(edition=one, renderings=[paper(one, language) for language in ("nb", "nn", "en")], by=None)
    return one
