"""The REST door: a session opens nothing, so each page is asked for with a token of the role's own."""

from tests.access.matrix import EVERYONE, Page

CLOSED_TO_SESSIONS = {"anonymous": 401, "stranger": 401, "succeeded": frozenset({401})}
OPEN = {"anonymous": 200, "stranger": 200}

PAGES = [
    Page("api:docs", EVERYONE, **OPEN),
    Page("api:schema", EVERYONE, **OPEN),
    Page("api:municipality-list", **CLOSED_TO_SESSIONS),
    Page("api:municipality-detail", own=lambda world: {"pk": "4203"}, **CLOSED_TO_SESSIONS),
    Page("api:body-list", **CLOSED_TO_SESSIONS),
    Page("api:body-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:resolution-list", **CLOSED_TO_SESSIONS),
    Page("api:resolution-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:service-list", **CLOSED_TO_SESSIONS),
    Page("api:service-detail", own=lambda world: {"code": "EPOST"}, **CLOSED_TO_SESSIONS),
    Page("api:order-list", **CLOSED_TO_SESSIONS),
    Page("api:order-list", method="post", **CLOSED_TO_SESSIONS),
    Page("api:order-detail", own=lambda world: {"number": "B-2026-00001"}, **CLOSED_TO_SESSIONS),
    Page(
        "api:order-move",
        own=lambda world: {"number": "B-2026-00001", "act": "approve"},
        method="post",
        **CLOSED_TO_SESSIONS,
    ),
    Page("api:serviceagreement-list", **CLOSED_TO_SESSIONS),
    Page("api:serviceagreement-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:serviceagreement-what-if", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:serviceagreement-lead-times", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:serviceagreement-what-if-credits", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:credit-list", **CLOSED_TO_SESSIONS),
    Page("api:credit-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:credit-decide", own=lambda world: {"pk": 1}, method="post", **CLOSED_TO_SESSIONS),
    Page("api:incident-list", **CLOSED_TO_SESSIONS),
    Page("api:incident-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:incident-explanation", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:incident-pause", own=lambda world: {"pk": 1}, method="post", **CLOSED_TO_SESSIONS),
    Page("api:incident-resume", own=lambda world: {"pk": 1}, method="post", **CLOSED_TO_SESSIONS),
    Page("api:incident-upsert", method="post", **CLOSED_TO_SESSIONS),
    Page("api:servicenotice-list", **CLOSED_TO_SESSIONS),
    Page("api:servicenotice-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:servicenotice-follow-up", own=lambda world: {"pk": 1}, method="post", **CLOSED_TO_SESSIONS),
    Page("api:servicenotice-end", own=lambda world: {"pk": 1}, method="post", **CLOSED_TO_SESSIONS),
    *(Page(f"api:{name}", method="post", **CLOSED_TO_SESSIONS) for name in ("alertmanager", "uptime-kuma", "zabbix")),
    Page("api:outage-list", **CLOSED_TO_SESSIONS),
    Page("api:outage-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:outage-explanation", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:outage-upsert", method="post", **CLOSED_TO_SESSIONS),
    Page("api:availability-list", **CLOSED_TO_SESSIONS),
    Page("api:availability-explanation", **CLOSED_TO_SESSIONS),
    Page("api:compliance-list", **CLOSED_TO_SESSIONS),
]
