"""Bodies are shared. A meeting that lies ahead exists for who sits in the body; a held one for all with a role."""

from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, roles_with
from partnership.actions.minutes import approve_minutes
from partnership.models import MeetingState
from tests import make, make_bodies
from tests.access.matrix import DONE, Page

WRITERS = roles_with(Permission.MANAGE_MEETINGS)
CHANGES: dict[str, Any] = {"allowed": WRITERS, "method": "post", "succeeded": DONE}
ASKS: dict[str, Any] = {"allowed": WRITERS}
HIDDEN: dict[str, Any] = {"stranger": 404}
UNSEEN: dict[str, Any] = {"refused": 404, "stranger": 404}


def body(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_bodies.body().pk}


def seat(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_bodies.seat(make_bodies.body(), "Nils Berg").pk}


def draft(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_bodies.meeting(make_bodies.body()).pk}


def held(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_bodies.meeting(make_bodies.body(), MeetingState.HELD).pk}


def approved(world: SimpleNamespace) -> dict[str, Any]:
    meeting = make_bodies.meeting(make_bodies.body(), MeetingState.HELD)
    approve_minutes(meeting=meeting, language="nb", by=None)
    return {"pk": meeting.pk}


def draft_item(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_bodies.item(make_bodies.meeting(make_bodies.body())).pk}


def resolved(world: SimpleNamespace) -> Any:
    return make_bodies.resolution(make_bodies.item(make_bodies.meeting(make_bodies.body(), MeetingState.HELD)))


def resolution(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": resolved(world).pk}


def follow_up(world: SimpleNamespace) -> dict[str, Any]:
    owner = make.person("Eier Eiersen")
    return {"pk": make_bodies.follow_up(resolved(world), owner).pk}


def written(url: str, own: Any, missing: dict[str, Any], **data: str) -> list[Page]:
    return [Page(url, own=own, **ASKS, **missing), Page(url, own=own, data=data, **CHANGES, **missing)]


PAGES = [
    Page("partnership:body-list"),
    Page("partnership:body-detail", own=body),
    Page("partnership:body-add", **ASKS),
    Page("partnership:body-add", data={"kind": "board", "name_nb": "Styret"}, **CHANGES),
    *written("partnership:body-edit", body, HIDDEN, kind="board", name_nb="Styret"),
    *written("partnership:seat-add", body, HIDDEN, person_name="Nils Berg", role="member"),
    *written("partnership:seat-end", seat, HIDDEN, last_day="01.01.2030"),
    *written("partnership:meeting-add", body, HIDDEN, day="01.01.2030", clock="10.00", place="Arendal"),
    Page("partnership:meeting-detail", own=held, **HIDDEN),
    Page("partnership:meeting-detail", own=draft, **ASKS, **UNSEEN),
    *written("partnership:meeting-edit", draft, UNSEEN, day="01.01.2030", clock="10.00", place="Arendal"),
    *written("partnership:meeting-call", draft, UNSEEN),
    *written("partnership:meeting-hold", held, HIDDEN),
    *written("partnership:attendance-edit", draft, UNSEEN),
    *written("partnership:item-add", draft, UNSEEN, title="Budsjett"),
    *written("partnership:item-edit", draft_item, UNSEEN, title="Budsjett", revision="0"),
    *written("partnership:item-treat", draft_item, UNSEEN, text="Vedtatt", revision="0"),
    *written("partnership:item-disqualify", draft_item, UNSEEN, reason="Nær slektning"),
    *written("partnership:minutes-edit", held, HIDDEN, remarks="Møtet ble satt."),
    *written("partnership:minutes-approve", held, HIDDEN, language="nb"),
    Page("partnership:minutes-file", own=approved, **HIDDEN),
    Page("partnership:resolution-list"),
    Page("partnership:resolution-list", query="?format=csv"),
    Page("partnership:resolution-detail", own=resolution, **HIDDEN),
    *written("partnership:follow-up-add", resolution, HIDDEN, text="Send til eierne"),
    *written("partnership:follow-up-close", follow_up, HIDDEN, note="Sendt"),
]
