"""The service agreement: two versions that have held, one that the board has before it, and what has come of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from partnership.models import Body, BodyKind, Organisation, User
from portal.demonstration.catalogue import (
    AROUND_THE_CLOCK_TARGETS,
    CATALOGUE,
    DELIVERED,
    DELIVERY_DAYS,
    FIRST_TARGETS,
    HIT_BY_ALL_MINUTES,
    LADDER,
    MOST_CREDIT,
    NOTICE_DAYS,
    PROPOSED_TARGETS,
    QUICK_DELIVERY_DAYS,
    SHARES,
    TIGHTER_TARGETS,
    UPTIME,
)
from services.models import Service, ServiceCalendar
from sla.actions.agreements import Promise, add_agreement, set_coverage, set_targets, start_agreement_version
from sla.actions.credits import decide_credit, propose_credits, set_credits
from sla.actions.improvements import add_improvement, close_improvement, write_evaluation
from sla.actions.phases import change_phase, write_evidence
from sla.actions.versions import (
    Content,
    propose_version,
    rename_agreement,
    write_agreement,
    write_deviation,
    write_draft,
)
from sla.durations import Allowed
from sla.models import Commitment, Conclusion, Credit, CreditState, Impact, Metric, Need, Party, Phase, ServiceAgreement
from sla.querysets import Pair

NAME = "Tjenesteavtalen"
IN_PREPARATION = "Døgnvakt for velferdsteknologi"
EVIDENCE = {
    Need.BASELINE: "Målt i kvartalet før avtalen: 71 % løst innen fristene som ble avtalt (notat til styret).",
    Need.DATA_PROCESSING: "Databehandleravtale med hver eier, arkivsak 18/2041.",
    Need.TRIAL: "Tre måneder prøvedrift. Fristene for prioritet 3 var for knappe i juli, ellers ingen avvik.",
}
FINDINGS = {
    Party.ORDER_PLACERS: (
        320,
        "Svarene kommer raskere. Sak/arkiv løses fortsatt for sent.",
        "bestillerutvalget",
    ),
    Party.BOARD: (
        345,
        "Fristene holder stort sett. Styret ber om strammere mål for prioritet 2.",
        "styresak",
    ),
}
"""So many days ago, what was found, and where."""

DECISIONS = (
    (CreditState.CONFIRMED, "Nedetiden var vår. Trekkes fra i neste oppgjør."),
    (CreditState.WAIVED, "Strømbrudd hos kommunen, avklart med rådmannen."),
)

type Targets = Mapping[int, Mapping[Metric, int | Allowed]]
"""Priority to working minutes, or to working days."""


def load(
    *,
    services: Mapping[str, Service],
    owners: Mapping[str, Organisation],
    people: Mapping[str, User],
    today: date,
) -> None:
    """A version from the year before last, a tighter one from the first of January, one proposed for the next."""
    began = date(today.year - 2, 1, 1)
    agreement = add_agreement(name=NAME, phase=Phase.TRIAL, since=began, by=None)
    rename_agreement(agreement=agreement, name=NAME, responsible=people["Ola Nygård"], by=None)
    calendar = ServiceCalendar.objects.get(name="Kontortid")
    pairs = {
        (services[offer.code].pk, owner.pk)
        for offer in CATALOGUE
        for number, owner in owners.items()
        if number not in offer.without
    }
    _versions(agreement, calendar, pairs, today)
    _proposal(agreement, calendar, pairs, today, services["ARBEIDSFLATE"])
    _life(agreement, services["SAK"], people, today)
    _in_preparation({(service, owner) for service, owner in pairs if service == services["VELFERD"].pk}, today)


def _versions(agreement: ServiceAgreement, calendar: ServiceCalendar, pairs: set[Pair], today: date) -> None:
    last_year, this_year = date(today.year - 2, 1, 1), date(today.year, 1, 1)
    for first_day, targets, resolution in ((last_year, FIRST_TARGETS, "12"), (this_year, TIGHTER_TARGETS, "41")):
        version = start_agreement_version(
            agreement=agreement,
            first_day=first_day,
            calendar=calendar,
            resolution=f"styresak {resolution}/{first_day.year - 2001:02}",
            by=None,
        )
        set_coverage(version=version, pairs=pairs, by=None)
        set_targets(version=version, promises=_promises(targets), by=None)
    set_credits(version=version, cap=MOST_CREDIT, ladders={Metric.AVAILABILITY: LADDER}, by=None)


def _proposal(
    agreement: ServiceAgreement, calendar: ServiceCalendar, pairs: set[Pair], today: date, quicker: Service
) -> None:
    """What the board is to decide: quicker deliveries of one service too, and of what hits everyone."""
    delivery = Promise(Metric.LEAD_TIME, service=quicker, days=QUICK_DELIVERY_DAYS, wanted=DELIVERED)
    content = Content(calendar=calendar, pairs=pairs, promises=[*_promises(PROPOSED_TARGETS), delivery])
    draft = write_draft(agreement=agreement, first_day=date(today.year + 1, 1, 1), content=content, by=None)
    for_everyone = [_promise(Metric.RESOLUTION, 1, Allowed(HIT_BY_ALL_MINUTES))]
    write_deviation(version=draft, organisation=None, impact=Impact.EVERYONE, promises=for_everyone, by=None)
    propose_version(version=draft, proposed_to=Body.objects.get(kind=BodyKind.BOARD), by=None)


def _life(agreement: ServiceAgreement, archive: Service, people: Mapping[str, User], today: date) -> None:
    for need, text in EVIDENCE.items():
        write_evidence(agreement=agreement, need=need, text=text, by=None)
    summed_up = date(today.year - 2, 4, 1)
    change_phase(agreement=agreement, phase=Phase.OPERATION, day=summed_up, note=EVIDENCE[Need.TRIAL], by=None)
    for party, (days, findings, where) in FINDINGS.items():
        write_evaluation(
            agreement=agreement,
            party=party,
            held_on=today - timedelta(days=days),
            findings=findings,
            conclusion=Conclusion.CONTINUE if party == Party.ORDER_PLACERS else Conclusion.CHANGE,
            resolution=where,
            by=None,
        )
    _improvements(agreement, archive, people, today)


def _improvements(agreement: ServiceAgreement, service: Service, people: Mapping[str, User], today: date) -> None:
    done = add_improvement(
        agreement=agreement,
        text="Varsle leverandøren av sak/arkiv automatisk ved feil med prioritet 1",
        owner=people["Ola Nygård"],
        due=today - timedelta(days=60),
        service=service,
        by=None,
    )
    close_improvement(improvement=done, note="Satt opp og prøvd. Leverandøren svarer nå innen en time.", by=None)
    add_improvement(
        agreement=agreement,
        text="To på vakt mot sak/arkiv på mandager",
        owner=people["Ola Nygård"],
        due=today + timedelta(days=12),
        service=service,
        by=None,
    )


def decide_credits(now: datetime, people: Mapping[str, User]) -> None:
    """Of what the months gave, the oldest is confirmed and the next waived; the others wait. Once it is calculated."""
    propose_credits(by=None, now=now)
    for credit, (state, reason) in zip(Credit.objects.order_by("month", "pk"), DECISIONS, strict=False):
        decide_credit(credit=credit, state=state, reason=reason, by=people["Ola Nygård"], now=now)


def _in_preparation(pairs: set[Pair], today: date) -> None:
    """Around the clock for welfare technology: a draft, and most of what is needed is missing."""
    content = Content(
        calendar=ServiceCalendar.objects.get(name="Døgnvakt"), pairs=pairs, promises=_promises(AROUND_THE_CLOCK_TARGETS)
    )
    write_agreement(name=IN_PREPARATION, first_day=date(today.year + 1, 3, 1), content=content, by=None)


def _promise(metric: Metric, priority: int, allowed: Allowed) -> Promise:
    return Promise(
        metric,
        priority,
        allowed.minutes,
        *SHARES[metric],
        days=allowed.days,
        until_closing=allowed.until_closing,
    )


def _promises(targets: Targets) -> list[Promise]:
    return [
        _promise(metric, priority, allowed if isinstance(allowed, Allowed) else Allowed(allowed))
        for priority, promised in targets.items()
        for metric, allowed in promised.items()
    ] + [
        Promise(
            Metric.AVAILABILITY,
            wanted=UPTIME[0],
            good_enough=UPTIME[1],
            notice_days=NOTICE_DAYS,
            commitment=Commitment.GUARANTEE,
        ),
        Promise(Metric.LEAD_TIME, days=DELIVERY_DAYS, wanted=DELIVERED),
    ]
