from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, Role, roles_with
from partnership.models import Organisation, User
from services.models import NoticeTemplate
from sla.actions.improvements import add_improvement
from sla.actions.inbox import keep_message
from sla.actions.outages import save_outages
from sla.actions.versions import propose_version
from sla.models import MonitoredThing, Outage, Sender
from sla.outages.reports import OWN_SOURCE, Draft, Hit
from tests import make, make_bodies
from tests.access.matrix import DONE, WIDE, Page

MANAGERS = roles_with(Permission.MANAGE_AGREEMENTS)
REGISTRARS = roles_with(Permission.MANAGE_OUTAGES)
READERS_OF_ORDERS = roles_with(Permission.SEE_ORDERS)
CALCULATORS = roles_with(Permission.IMPORT_INCIDENTS)
CHANGES: dict[str, Any] = {"method": "post", "succeeded": DONE}
VERSION = {"first_day": "01.01.2030"}


def cell_at(place: Organisation) -> dict[str, Any]:
    return {"code": make.service().code, "pk": place.pk}


def owner_at(place: Organisation) -> dict[str, Any]:
    return {"pk": place.pk}


def incident_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.incident(make.service(), place, make.oslo(2026, 9, 16, 13, 30)).pk}


def agreement_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.agreement((make.service(), place)).agreement_id}


def draft_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.draft((make.service(), place)).pk}


def deviation_at(place: Organisation) -> dict[str, Any]:
    return draft_at(place) | {"owner": place.pk}


def impact_at(place: Organisation) -> dict[str, Any]:
    return draft_at(place) | {"impact": 1}


def own_impact_at(place: Organisation) -> dict[str, Any]:
    return deviation_at(place) | {"impact": 1}


def proposal_at(place: Organisation) -> dict[str, Any]:
    draft = make.draft((make.service(), place))
    return {"pk": propose_version(version=draft, proposed_to=make_bodies.body(), by=None).pk}


def coming_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.agreement((make.service(), place), first=make.FAR_AHEAD).pk}


def evidence_at(place: Organisation) -> dict[str, Any]:
    return agreement_at(place) | {"need": "baseline"}


def improvement_at(place: Organisation) -> dict[str, Any]:
    """Of nobody who is asked about here."""
    version = make.agreement((make.service(), place))
    owner = User.objects.get_or_create(email="eier@example.no", defaults={"name": "Eli Moe"})[0]
    text = "Bytt svitsjen i datarommet."
    row = add_improvement(agreement=version.agreement, text=text, owner=owner, due=make.FAR_AHEAD, by=None)
    return {"pk": row.pk}


def outage_at(place: Organisation) -> dict[str, Any]:
    number = str(Outage.objects.count() + 1)
    draft = Draft(hits=[Hit(make.service(), place)], started=make.oslo(2026, 9, 16, 13, 30), title="Nede")
    save_outages(reports=[draft.named(OWN_SOURCE, number)], by=None)
    return {"pk": Outage.objects.get(external_id=number).pk}


def credit_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.credit(place).pk}


def notice_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.notice(place).pk}


def template_of_words(_world: SimpleNamespace) -> dict[str, Any]:
    row = NoticeTemplate.objects.get_or_create(name="Nede", defaults={"title": "Nede", "text": "Den er nede."})[0]
    return {"pk": row.pk}


def with_services(place: Organisation) -> dict[str, Any]:
    make.subscription(place, make.service())
    return {"pk": place.pk}


def message_of_monitoring(_world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": keep_message(sender=Sender.ZABBIX, source="zabbix", body=b"{}", by=None).pk}


def thing_of_monitoring(_world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": MonitoredThing.objects.get_or_create(source="zabbix", name="web01")[0].pk}


def tenant(row: Any) -> dict[str, Any]:
    """The same thing in both municipalities."""

    def own(world: SimpleNamespace) -> dict[str, Any]:
        return row(world.arendal)

    def foreign(world: SimpleNamespace) -> dict[str, Any]:
        return row(world.grimstad)

    return {"own": own, "foreign": foreign}


def managed(url: str, row: Any, /, by: frozenset[Role] = MANAGERS, refused: int = 403, **data: str) -> list[Page]:
    shared: dict[str, Any] = {"foreign_allowed": by, "stranger": 404, "refused": refused} | tenant(row)
    return [Page(url, by, **shared), Page(url, by, **shared, **CHANGES, data=data)]


DELIVERIES: dict[str, Any] = {"foreign_allowed": WIDE & READERS_OF_ORDERS, "stranger": 404} | tenant(agreement_at)

PAGES = [
    Page("sla:grid"),
    Page("sla:grid", query="?format=csv"),
    Page("sla:grid-cell", **tenant(cell_at)),
    Page("sla:grid-cell", **tenant(cell_at), query="?format=csv"),
    Page("sla:incident-list"),
    Page("sla:incident-list", query="?format=csv"),
    Page("sla:incident-detail", **tenant(incident_at), stranger=404),
    Page("sla:incident-detail", **tenant(incident_at), stranger=404, query="?format=csv"),
    *managed("sla:incident-pause", incident_at, CALCULATORS, why="Awaiting Vendor", resumes="01.01.2030"),
    managed("sla:incident-resume", incident_at, CALCULATORS)[1],
    Page("sla:service-course", own=lambda _world: {"code": make.service().code}),
    Page(
        "sla:service-course", own=lambda _world: {"code": make.service().code}, query="?metric=availability&format=csv"
    ),
    Page("sla:owner-course", **tenant(owner_at)),
    Page("sla:owner-course", **tenant(owner_at), query="?format=csv"),
    Page("sla:credit-list"),
    Page("sla:credit-list", query="?format=csv"),
    Page("sla:credit-propose", MANAGERS, **CHANGES),
    Page("sla:credit-detail", **tenant(credit_at), stranger=404),
    *managed("sla:credit-decide", credit_at, state="waived", reason="Feilen var kommunens egen."),
    Page("sla:change-list"),
    Page("sla:change-list", query="?format=csv"),
    Page("sla:notice-list"),
    Page("sla:notice-detail", **tenant(notice_at), stranger=404),
    Page("sla:notice-add", REGISTRARS),
    Page("sla:notice-add", REGISTRARS, **CHANGES, data={"title": "Nede"}),
    *managed("sla:notice-follow-up", notice_at, REGISTRARS, text="Vi leter fortsatt."),
    *managed("sla:notice-end", notice_at, REGISTRARS, text="Det virker."),
    Page("sla:notice-template-list", REGISTRARS),
    Page("sla:notice-template-add", REGISTRARS),
    Page("sla:notice-template-add", REGISTRARS, **CHANGES, data={"name": "Nede"}),
    Page("sla:notice-template-edit", REGISTRARS, own=template_of_words),
    Page("sla:notice-template-edit", REGISTRARS, own=template_of_words, **CHANGES, data={"name": "Nede"}),
    Page("sla:notice-template-discard", REGISTRARS, own=template_of_words, **CHANGES),
    Page("sla:status-start", succeeded=DONE),
    Page("sla:status-detail", **tenant(with_services), stranger=404),
    Page("sla:inbox-list", CALCULATORS),
    Page("sla:inbox-detail", CALCULATORS, own=message_of_monitoring),
    Page("sla:inbox-read", CALCULATORS, own=message_of_monitoring, **CHANGES),
    Page("sla:thing-list", CALCULATORS),
    Page("sla:thing-match", CALCULATORS, own=thing_of_monitoring),
    Page("sla:thing-match", CALCULATORS, own=thing_of_monitoring, **CHANGES),
    Page("sla:outage-list"),
    Page("sla:outage-list", query="?format=csv"),
    Page("sla:outage-detail", **tenant(outage_at), stranger=404),
    Page("sla:outage-add", REGISTRARS),
    Page("sla:outage-add", REGISTRARS, **CHANGES, data={"title": "Nede"}),
    Page("sla:outage-import", CALCULATORS),
    Page("sla:outage-import", CALCULATORS, **CHANGES),
    *managed("sla:outage-edit", outage_at, REGISTRARS, title="Nede"),
    *managed("sla:outage-reclassify", outage_at, REGISTRARS, kind="planned", reason="Varslet på e-post."),
    Page("sla:agreement-list"),
    Page("sla:agreement-detail", **tenant(agreement_at), stranger=404),
    Page("sla:agreement-add", MANAGERS),
    Page("sla:agreement-add", MANAGERS, **CHANGES, data={"name": "Ny avtale"} | VERSION),
    *managed("sla:agreement-rename", agreement_at, name="Nytt navn"),
    *managed("sla:agreement-end", agreement_at, last_day="31.12.2030"),
    *managed("sla:version-draft", agreement_at, **VERSION),
    Page("sla:version-what-if", **tenant(proposal_at), stranger=404),
    Page("sla:version-what-if", **tenant(proposal_at), stranger=404, query="?format=csv"),
    *managed("sla:version-deviation", deviation_at, refused=404),
    *managed("sla:version-impact", impact_at, refused=404),
    *managed("sla:version-deviation-impact", own_impact_at, refused=404),
    *managed("sla:version-credits", draft_at, refused=404, cap="10", availability="0: 5"),
    *managed("sla:version-propose", draft_at, refused=404),
    *managed("sla:version-discard", draft_at, refused=404),
    *managed("sla:version-take-back", proposal_at),
    *managed("sla:version-approve", proposal_at, first_day="01.01.2030", resolution="sak 1/29"),
    *managed("sla:version-withdraw", coming_at),
    Page("sla:delivery-list", READERS_OF_ORDERS, **DELIVERIES),
    Page("sla:delivery-list", READERS_OF_ORDERS, **DELIVERIES, query="?format=csv"),
    *managed("sla:phase-change", agreement_at, phase="trial"),
    *managed("sla:evidence-edit", evidence_at, text="Målt i mai."),
    *managed("sla:evaluation-add", agreement_at, party="board"),
    *managed("sla:improvement-add", agreement_at, text="Bytt svitsjen."),
    Page("sla:improvement-list"),
    *managed("sla:improvement-edit", improvement_at, text="Bytt svitsjen."),
    *managed("sla:improvement-close", improvement_at, note="Byttet."),
    Page("sla:recalculation-start", CALCULATORS, **CHANGES),
]
