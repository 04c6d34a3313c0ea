from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, Role, roles_with
from partnership.jobs import open_job
from partnership.models import ApiToken, Organisation
from tests import make
from tests.access.matrix import ADMINISTRATOR, DONE, EVERYONE, Page

SEES_PEOPLE = roles_with(Permission.SEE_PEOPLE)
CHANGES: dict[str, Any] = {"method": "post", "succeeded": DONE}
SHARE = {"first_day": "01.01.2027", "ownership": "12,5"}
PERSON = {"name": "Ny Person", "email": "ny.person@example.no"}


def someones_job(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": open_job(kind="sheep", key="a", by=placer(world.arendal)).pk}


def token(world: SimpleNamespace) -> dict[str, Any]:
    made, _text = ApiToken.objects.create(user=placer(world.arendal), name="Servicedesk")
    return {"digest": made.digest}


def owner(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": world.owners[0].pk}


def organisation(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": world.arendal.pk}


def foreign_organisation(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": world.grimstad.pk}


def placer(at: Organisation) -> Any:
    return make.person("Kari Nordmann", Role.ORDER_PLACER, at=at)


def person(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": placer(world.arendal).pk}


def foreign_person(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": placer(world.grimstad).pk}


def grant(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": placer(world.arendal).grants.get().pk}


def foreign_grant(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": placer(world.grimstad).grants.get().pk}


def changed_person(url: str, /, **data: str) -> list[Page]:
    """Refused before the person is looked for: who may manage nobody is not told who there is."""
    shared: dict[str, Any] = {"own": person, "foreign": foreign_person, "foreign_allowed": ADMINISTRATOR, "data": data}
    return [Page(url, ADMINISTRATOR, **shared, **CHANGES, foreign_refused=403)]


def owners_page(url: str, /, **data: str) -> list[Page]:
    return [
        Page(url, ADMINISTRATOR, own=owner, stranger=404),
        Page(url, ADMINISTRATOR, own=owner, stranger=404, data=data, **CHANGES),
    ]


PAGES = [
    Page("partnership:token-list", roles_with(Permission.USE_API)),
    # another person's token exists for those who manage people in the whole partnership
    Page("partnership:token-revoke", ADMINISTRATOR, token, refused=404, stranger=404, **CHANGES),
    Page("partnership:partnership-detail"),
    Page("partnership:partnership-found", ADMINISTRATOR, succeeded=frozenset({302})),
    Page("partnership:partnership-edit", ADMINISTRATOR, stranger=404),
    Page("partnership:partnership-edit", ADMINISTRATOR, stranger=404, data={"name": "Nytt navn IKS"}, **CHANGES),
    Page("partnership:legal-form-change", ADMINISTRATOR, stranger=404),
    Page("partnership:legal-form-change", ADMINISTRATOR, stranger=404, data={"form": "as"}, **CHANGES),
    Page("partnership:grant-table"),
    Page("partnership:municipality-list", stranger=200),
    Page("partnership:municipality-list", stranger=200, query="?format=csv"),
    Page("partnership:owner-list"),
    Page("partnership:owner-list", query="?format=csv"),
    Page("partnership:owner-detail", own=owner),
    Page("partnership:owner-add", ADMINISTRATOR),
    Page("partnership:owner-add-other", ADMINISTRATOR),
    Page("partnership:owner-add-other", ADMINISTRATOR, data=SHARE, **CHANGES),
    Page("partnership:owner-add-municipality", ADMINISTRATOR, own=lambda _: {"number": "4201"}),
    Page("partnership:owner-add-municipality", ADMINISTRATOR, own=lambda _: {"number": "4201"}, data=SHARE, **CHANGES),
    *owners_page("partnership:share-change", **SHARE),
    *owners_page("partnership:owner-leave", last_day="31.12.2026"),
    Page(
        "partnership:organisation-edit",
        ADMINISTRATOR,
        own=organisation,
        foreign=foreign_organisation,
        foreign_allowed=ADMINISTRATOR,
        stranger=404,
    ),
    Page("partnership:person-list", SEES_PEOPLE),
    Page("partnership:person-list", SEES_PEOPLE, query="?format=csv"),
    Page(
        "partnership:person-detail",
        SEES_PEOPLE,
        own=person,
        foreign=foreign_person,
        foreign_allowed=SEES_PEOPLE,
        refused=404,
        stranger=404,
    ),
    Page("partnership:person-add", ADMINISTRATOR),
    Page("partnership:person-add", ADMINISTRATOR, data=PERSON, **CHANGES),
    *changed_person("partnership:person-edit", **PERSON),
    *changed_person("partnership:person-deactivate"),
    *changed_person("partnership:person-reactivate"),
    *changed_person("partnership:person-invite"),
    *changed_person("partnership:role-give", role="approver", first_day="01.01.2027"),
    Page(
        "partnership:role-end",
        ADMINISTRATOR,
        own=grant,
        foreign=foreign_grant,
        foreign_allowed=ADMINISTRATOR,
        foreign_refused=403,
        data={"last_day": "31.12.2026"},
        **CHANGES,
    ),
    Page("partnership:job-detail", frozenset(), own=someones_job, refused=404, stranger=404),
    Page(
        "partnership:job-cancel", frozenset(), own=someones_job, refused=404, stranger=404, method="post", anonymous=302
    ),
    Page("partnership:profile", EVERYONE, stranger=200),
    Page("partnership:profile", EVERYONE, stranger=302, data={"name": "Nytt Navn"}, **CHANGES),
    Page(
        "partnership:language-choose",
        EVERYONE,
        stranger=302,
        anonymous=302,
        data={"language": "nn"},
        **CHANGES,
    ),
]
