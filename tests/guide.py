"""The style guide: every component on pages like those of the product, with invented words and figures."""

from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

import django_tables2
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from kit import charts
from tests.kit import drawing

PAGES = Path(__file__).parent / "templates" / "guide"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))

MENU = ("Hjem", "Bestillinger", "Feil og drift", "Tjenestenivå", "Gevinster", "Økonomi", "Møter og vedtak", "Rapporter")
COUNTS = {"Bestillinger": 47, "Feil og drift": 31}
OWNERS = (
    "Arendal",
    "Froland",
    "Gjerstad",
    "Grimstad",
    "Lillesand",
    "Risør",
    "Tvedestrand",
    "Vegårshei",
    "Alle eiere",
)
GRID = {
    "Sak/arkiv": "19/24 5/6 3/5 11/14 6/6 4/5 3/4 2/2 53/66",
    "E-post og kalender": "132/140 9/9 5/5 24/25 9/9 7/7 4/4 2/2 192/201",
    "Telefoni": "14/15 3/3 0/0 8/9 4/4 2/2 1/1 0/0 32/34",
    "Velferdsteknologi": "17/18 4/4 2/2 10/12 5/5 3/3 1/1 2/2 44/47",
}
PHONE = 288
WORDS = {
    "on-target": "på mål",
    "good-enough": "godt nok",
    "not-good-enough": "ikke godt nok",
    "not-measured": "ikke målt",
}


class PersonForm(forms.Form):
    name = forms.CharField(label="Navn", help_text="Fornavn og etternavn")
    email = forms.EmailField(
        label="E-post", help_text="Brukes til å logge inn", widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Passord", widget=forms.PasswordInput({"autocomplete": "current-password"}), required=False
    )
    first_day = forms.DateField(label="Første arbeidsdag", help_text="Skriv som dd.mm.åååå")
    share = forms.DecimalField(label="Eierandel i prosent", required=False)
    unit = forms.ChoiceField(label="Enhet", choices=[("1", "Hjemmetjenesten"), ("2", "Skole")])
    kind = forms.ChoiceField(label="Type", choices=[("a", "Kontor"), ("b", "Skole")], widget=forms.RadioSelect)
    access = forms.MultipleChoiceField(
        label="Tilganger",
        required=False,
        choices=[("Helse", [("1", "Fagsystem helse")]), ("Annet", [("2", "Fjerntilgang (VPN)"), ("3", "Telefon")])],
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label="Fil fra saksystemet", required=False)
    note = forms.CharField(label="Merknad", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Jeg har lest vilkårene", help_text="De gjelder fra i dag")


class OwnerTable(django_tables2.Table):
    name = django_tables2.Column(verbose_name="Eier")
    open = django_tables2.Column(verbose_name="Åpne feil", attrs={"th": {"class": "number"}, "td": {"class": "number"}})
    caption = "Eierne og hvor mange feil som er åpne"


def render(name: str, path: str = "/", **extra: Any) -> str:
    """One page of the guide, as its view would answer it."""
    request = RequestFactory().get(path)
    request.user = AnonymousUser() if name == "login" else Thing(name="Ingrid Dale", is_authenticated=True)
    template = engines["django"].from_string((PAGES / f"{name}.html").read_text())
    return template.render(context(name, request) | extra, request)


def context(name: str, request: HttpRequest) -> dict[str, Any]:
    current = {"grid": "Tjenestenivå", "panel": "Tjenestenivå", "list": "Feil og drift"}.get(name, "Hjem")
    return {
        "frame": frame(current, anonymous=name == "login"),
        "messages": MESSAGES if name == "parts" else [],
        "tasks": TASKS,
        "figures": FIGURES,
        "dates": [("ti. 24.11", "Innkalling sendes, siste dag"), ("on. 25.11", "Evaluering: velferdsteknologi")],
        "owners": OWNERS,
        "grid": grid(),
        "tabs": [Thing(label=label, url="#", current=number == 0) for number, label in enumerate(TABS)],
        "crumbs": [("Hjem", "/"), ("Feil og drift", "/feil/"), ("F-2026-01033", "")],
        "rule": RULE,
        "answers": ANSWERS,
        "steps": STEPS,
        "statuses": list(WORDS),
        "form": PersonForm({"name": "", "email": "nei", "first_day": "i går"}) if name == "form" else PersonForm(),
        "table": table(request),
        "outcomes": OUTCOMES,
        "reckoning": RECKONING,
        "short_tasks": SHORT_TASKS,
        "tiles": TILES,
        "outage": Thing(title="Sak/arkiv er nede", text="siden 07.52. Neste melding kl. 11.00.", url="/"),
        **drawings(),
    }


def drawings() -> dict[str, charts.Chart]:
    days = [drawing.day(number) for number in (16, 17, 18)]
    measured = drawing.series(drawing.STEADY, target=90)
    return {
        "timeline": charts.incident_timeline(drawing.timeline(*days)),
        "timeline_narrow": charts.incident_timeline(drawing.timeline(*days), width=PHONE),
        "series": charts.time_series(measured),
        "series_narrow": charts.time_series(measured, width=PHONE),
        "bullet": charts.bullet(drawing.bullet(83.0)),
        "bars": charts.bars(drawing.bars(-3.0, 2.0, 4.0, None)),
    }


def frame(current: str, *, anonymous: bool) -> Thing:
    menu = [Thing(label=label, url="/", current=label == current, count=COUNTS.get(label)) for label in MENU]
    languages = [("nb", "Bokmål", True), ("nn", "Nynorsk", False), ("en", "English", False)]
    return Thing(
        partnership=Thing(name="Kystheia IKT IKS"),
        demo=True,
        acting="" if anonymous else "Kystheia IKT · Administrator",
        initials="ID",
        menu=[] if anonymous else menu,
        languages=[Thing(code=code, name=name, current=chosen) for code, name, chosen in languages],
        search_url="/sok/",
    )


def grid() -> list[tuple[str, list[Thing]]]:
    return [(service, [cell(*map(int, pair.split("/"))) for pair in row.split()]) for service, row in GRID.items()]


def cell(met: int, counted: int) -> Thing:
    share = 100 * met / counted if counted else None
    status = status_of(share)
    words = f"{share:.1f}".replace(".", ",").replace("100,0", "100") if share is not None else ""
    return Thing(
        met=met,
        counted=counted,
        share=words,
        status=status,
        word=WORDS[status],
        url="/panel/",
        current=met == 3 == counted - 2,
    )


def status_of(share: float | None) -> str:
    if share is None:
        return "not-measured"
    return "on-target" if share >= 90 else "good-enough" if share >= 80 else "not-good-enough"


def table(request: HttpRequest) -> django_tables2.Table:
    rows = [{"name": owner, "open": number} for number, owner in enumerate(OWNERS)]
    made = OwnerTable(rows, order_by="name", request=request)
    return made.paginate(per_page=3)


MESSAGES = [
    Message(messages.SUCCESS, "Lagret."),
    Message(messages.ERROR, "Filen ble ikke lest: linje 14 mangler dato."),
]
TABS = ("Løst innen frist", "Svar innen frist", "Oppetid", "Levert til lovet dato")
TASKS = [
    Thing(
        when="Nå",
        when_detail="siden 07.52",
        title="Sak/arkiv er nede hos 5 kommuner",
        why="Ingen melding sendt. Fristen for første melding var 08.22.",
        url="/",
        action="Send driftsmelding",
        urgent=True,
    ),
    Thing(
        when="I morgen",
        when_detail="tirsdag 24.11",
        title="Innkalling, representantskapet 22.12",
        why="Siste dag: fire uker før møtet, IKS-loven § 8. Alle 6 saker er klare.",
        url="/",
        action="Kontroller og send",
    ),
    Thing(
        when="I dag",
        when_detail="innen 15.45",
        title="B-2026-00418 Froland: lovet i dag",
        why="Skjerm ikke mottatt. Leverandøren oppgir torsdag 26.11.",
        url="/",
        action="Gi ny dato",
    ),
]
SHORT_TASKS = [
    Thing(title="Skjerm er levert", why="B-2026-00391. Bekreft mottak.", url="/", action="Bekreft"),
    Thing(title="VPN: spørsmål fra Ola", why="B-2026-00402. Frist i morgen.", url="/", action="Svar"),
]
TILES = [
    Thing(label="Ny ansatt", icon="person-plus", url="/"),
    Thing(label="Slutter", icon="person-minus", url="/"),
    Thing(label="Bytter jobb", icon="swap", url="/"),
    Thing(label="Annet …", icon="more", url="/"),
]
FIGURES = [
    Thing(label="Må ut i dag", value="4", status="not-good-enough", note="1 over fristen", url="/"),
    Thing(
        label="Bestillinger over lovet dato",
        value="6",
        unit="av 47 åpne",
        status="not-good-enough",
        note="ikke godt nok, 13 %",
    ),
    Thing(label="Feil med frist innen 2 timer", value="2", unit="av 31 åpne", note="Første frist 10.20"),
    Thing(
        label="Prognose mot årets budsjett", value="+0,5", unit="mill. kr", status="good-enough", note="godt nok, 1,2 %"
    ),
    Thing(label="Kommuner klare til fakturagrunnlag", value="5", unit="av 7", note="Risør og Åmli gjenstår"),
]
OUTCOMES = [
    Thing(label="Svar", value=None, status="on-target", note="fristen ble holdt", detail="22 min av 1 t"),
    Thing(label="Løsning", value=None, status="not-good-enough", note="fristen ble brutt", detail="9 t 40 min av 8 t"),
    Thing(label="Pause", value="2 t 30 min", note="Venter på kommunen"),
    Thing(label="Teller i", value="september 2026", note="Måneden fristen falt"),
]
RECKONING = [
    ("on. 16.09", "13.30–15.45", "Åpent", "2 t 15 min", "2 t 15 min", ""),
    ("to. 17.09", "09.10–11.40", "Pause: venter på kommunen", "–", "3 t 25 min", "is-muted"),
    ("fr. 18.09", "08.00–08.30", "Åpent, fristen falt 08.30", "0 t 30 min", "8 t 00 min", "is-limit"),
    ("fr. 18.09", "08.30–10.10", "Over fristen, løst 10.10", "1 t 40 min", "9 t 40 min", "is-broken"),
]
RULE = [
    ("Avtale", "Sak/arkiv, versjon 3"),
    ("Gjelder", "Fra 01.01.2026,\nstyresak 41/25"),
    ("Åpningstid", "Kontortid, versjon 2"),
]
ANSWERS = [
    Thing(question="Navn", answer="Sigrid Tveit", url="/"),
    Thing(question="Enhet", answer="Hjemmetjenesten", detail="Føres på 1310 · 2540 · –", url="/"),
]
STEPS = [
    Thing(label="Sendt", state="done"),
    Thing(label="Godkjenning", state="current"),
    Thing(label="I arbeid", state="ahead"),
    Thing(label="Klar", state="ahead", date="01.12"),
]
