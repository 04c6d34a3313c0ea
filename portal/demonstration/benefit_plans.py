"""What the demonstration wants to achieve: invented goals and benefits of eight real municipalities."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benefits.arithmetic import Way
from benefits.models import Frequency, GoalKind, Layer, Type, Unit

OWNERS = {
    "4203": "Marte Holt",
    "4202": "Morten Eide",
    "4215": "Stian Olsen",
    "4201": "Lise Homme",
    "4214": "Geir Mykland",
    "4213": "Kjersti Rugland",
    "4211": "Anita Gjerde",
    "4212": "Trond Aasen",
}
"""Who owns the shares of each municipality."""
EVERYONE = tuple(OWNERS)
SIZES = dict(zip(OWNERS, map(Decimal, ("20", "11", "5", "3.1", "2.7", "2.8", "1.2", "1")), strict=True))
"""How much of a thing a municipality has, in Vegårsheis."""
PARTS = tuple(map(Decimal, ("1.04", "0.93", "0.84", "0.62", "1.08", "0.88", "-0.15", "1")))
"""How far each has come by now, in turn."""
WOBBLE = tuple(map(Decimal, ("0.02", "-0.03", "0.01", "-0.01", "0.03")))
ENOUGH = Decimal("0.8")


def texts(field: str, nb: str, nn: str, en: str) -> dict[str, str]:
    return {f"{field}_nb": nb, f"{field}_nn": nn, f"{field}_en": en}


@dataclass(frozen=True)
class Plan:
    """A benefit, where it is realised, and where Vegårshei begins and is to arrive."""

    code: str
    type: Type
    unit: Unit
    goal: str
    layer: Layer
    frequency: Frequency
    start: str
    target: str
    step: str
    places: tuple[str, ...]
    source: str
    words: dict[str, str]
    grows: bool = False
    """Larger municipalities have more of it."""

    @property
    def months(self) -> int:
        return int(self.frequency)

    @property
    def fields(self) -> dict[str, Any]:
        named = ("code", "type", "unit", "layer", "frequency")
        return {name: getattr(self, name) for name in named} | self.words

    def way(self, place: str) -> Way:
        size = SIZES[place] if self.grows else Decimal(1)
        start, target = Decimal(self.start) * size, Decimal(self.target) * size
        return Way(*(self._rounded(value) for value in (start, target, start + (target - start) * ENOUGH)))

    def value(self, place: str, turn: int, time: Decimal, step: int) -> Decimal:
        """What is measured when this part of the time has gone."""
        way, part = self.way(place), PARTS[turn % len(PARTS)]
        gone = part * time + WOBBLE[(step + turn) % len(WOBBLE)] * (1 - time)
        return self._rounded(way.baseline + (way.target - way.baseline) * gone)

    def _rounded(self, value: Decimal) -> Decimal:
        step = Decimal(self.step)
        return (value / step).quantize(Decimal(1)) * step


GOALS: dict[str, tuple[str, dict[str, Any]]] = {
    "cost": (
        "",
        {"kind": GoalKind.OPERATIONAL, "layer": Layer.ICT, "decided_by": "representantskapet, sak 14"}
        | texts("name", "Lavere IKT-kostnader", "Lågare IKT-kostnader", "Lower ICT costs")
        | texts(
            "target",
            "Felles avtaler koster 20 prosent mindre enn egne",
            "Felles avtalar kostar 20 prosent mindre enn eigne",
            "Joint contracts cost 20 per cent less than separate ones",
        )
        | texts("good_enough", "16 prosent mindre", "16 prosent mindre", "16 per cent less"),
    ),
    "time": (
        "4203",
        {"kind": GoalKind.EFFECT, "layer": Layer.OPERATIONS, "decided_by": "kommunestyret i Arendal, sak 88"}
        | texts("name", "Mer tid til tjenestene", "Meir tid til tenestene", "More time for the services")
        | texts(
            "target",
            "En tredjedel av tiden til registrering frigjøres",
            "Ein tredjedel av tida til registrering blir frigjord",
            "A third of the time spent on registration is freed",
        )
        | texts("good_enough", "En fjerdedel", "Ein fjerdedel", "A quarter"),
    ),
    "answers": (
        "4202",
        {"kind": GoalKind.EFFECT, "layer": Layer.INHABITANTS, "decided_by": "kommunestyret i Grimstad, sak 61"}
        | texts(
            "name", "Innbyggerne får svar i tide", "Innbyggjarane får svar i tide", "Inhabitants are answered in time"
        )
        | texts(
            "target",
            "Søknader sendes digitalt og er besvart på tre uker",
            "Søknader blir sende digitalt og er svara på innan tre veker",
            "Applications are sent digitally and answered within three weeks",
        )
        | texts("good_enough", "Fire uker", "Fire veker", "Four weeks"),
    ),
    "trust": (
        "",
        {"kind": GoalKind.OPERATIONAL, "layer": Layer.ICT, "decided_by": "styret, sak 52"}
        | texts("name", "Ansatte kan stole på IKT", "Tilsette kan stole på IKT", "Staff can rely on ICT")
        | texts(
            "target",
            "Brukerstøtten får 5 av 6 poeng",
            "Brukarstøtta får 5 av 6 poeng",
            "Support is given 5 of 6 points",
        )
        | texts("good_enough", "4,7 poeng", "4,7 poeng", "4.7 points"),
    ),
}

BENEFITS = [
    Plan(
        "Ø1", Type.MONEY, Unit.KRONER, "cost", Layer.ICT, Frequency.QUARTERLY, "98000", "78000", "500",
        EVERYONE, "fakturaer fra leverandøren",
        texts("name", "Felles mobilavtale", "Felles mobilavtale", "Joint mobile phone contract")
        | texts(
            "indicator",
            "Kostnad til mobil, siste fire kvartaler",
            "Kostnad til mobil, siste fire kvartal",
            "Cost of mobile phones, the last four quarters",
        )
        | texts("method", "Summen av fakturaene", "Summen av fakturaene", "The sum of the invoices"),
        grows=True,
    ),
    Plan(
        "Ø2", Type.MONEY, Unit.KRONER, "cost", Layer.ICT, Frequency.YEARLY, "64000", "22000", "1000",
        EVERYONE, "regnskapet",
        texts("name", "Felles serverdrift", "Felles serverdrift", "Joint running of servers")
        | texts(
            "indicator",
            "Strøm og vedlikehold av egne servere i året",
            "Straum og vedlikehald av eigne serverar i året",
            "Power and upkeep of own servers a year",
        )
        | texts("method", "Konto 1180 og 1240", "Konto 1180 og 1240", "Accounts 1180 and 1240"),
        grows=True,
    ),
    Plan(
        "Ø3", Type.MONEY, Unit.KRONER, "cost", Layer.ICT, Frequency.HALF_YEARLY, "210000", "172000", "1000",
        ("4203", "4202", "4215", "4201", "4211"), "lisensoversikten",
        texts("name", "Felles lisensavtale", "Felles lisensavtale", "Joint licence agreement")
        | texts("indicator", "Lisenskostnad i året", "Lisenskostnad i året", "Cost of licences a year")
        | texts("method", "Antall lisenser ganger pris", "Talet på lisensar gonger pris", "Licences times price"),
        grows=True,
    ),
    Plan(
        "A1", Type.TIME, Unit.FULL_TIME, "time", Layer.OPERATIONS, Frequency.TERTIAL, "0.6", "0.4", "0.05",
        ("4203", "4202", "4214", "4213", "4212"), "tidsregistrering i servicetorget",
        texts("name", "Digitale søknader", "Digitale søknader", "Digital applications")
        | texts(
            "indicator",
            "Årsverk til å registrere søknader",
            "Årsverk til å registrere søknader",
            "Full-time equivalents spent on registering applications",
        )
        | texts("method", "To ukers telling", "To vekers teljing", "A count over two weeks"),
        grows=True,
    ),
    Plan(
        "A2", Type.TIME, Unit.FULL_TIME, "time", Layer.OPERATIONS, Frequency.HALF_YEARLY, "0.5", "0.3", "0.05",
        ("4203", "4201", "4213", "4211"), "tidsregistrering i regnskapet",
        texts("name", "Automatisk fakturaflyt", "Automatisk fakturaflyt", "Automatic invoices")
        | texts(
            "indicator",
            "Årsverk til å føre fakturaer",
            "Årsverk til å føre fakturaer",
            "Full-time equivalents spent on booking invoices",
        )
        | texts("method", "En ukes telling", "Ei vekes teljing", "A count over a week"),
        grows=True,
    ),
    Plan(
        "V1", Type.OTHERS, Unit.DAYS, "answers", Layer.INHABITANTS, Frequency.QUARTERLY, "41", "21", "1",
        ("4203", "4202", "4215", "4212"), "byggesakssystemet",
        texts("name", "Raskere svar på byggesøknader", "Raskare svar på byggjesøknader", "Faster building permits")
        | texts(
            "indicator",
            "Dager fra komplett søknad til vedtak, median",
            "Dagar frå komplett søknad til vedtak, median",
            "Days from a complete application to a decision, median",
        )
        | texts("method", "Uttrekk hvert kvartal", "Uttrekk kvart kvartal", "An extract every quarter"),
    ),
    Plan(
        "V2", Type.OTHERS, Unit.PERCENT, "answers", Layer.INHABITANTS, Frequency.TERTIAL, "46", "85", "1",
        ("4203", "4201", "4214"), "innsynsløsningen",
        texts("name", "Søknader sendt digitalt", "Søknader sende digitalt", "Applications sent digitally")
        | texts(
            "indicator",
            "Andel søknader som kommer digitalt",
            "Delen av søknadene som kjem digitalt",
            "Share of applications that arrive digitally",
        )
        | texts("method", "Talt i arkivet", "Tald i arkivet", "Counted in the archive"),
    ),
    Plan(
        "K1", Type.QUALITY, Unit.POINTS, "trust", Layer.ICT, Frequency.YEARLY, "4.1", "5", "0.1",
        EVERYONE, "medarbeiderundersøkelsen",
        texts("name", "Fornøyde brukere", "Nøgde brukarar", "Content users")
        | texts(
            "indicator",
            "Tilfredshet med brukerstøtten, 1–6",
            "Kor nøgde dei er med brukarstøtta, 1–6",
            "Satisfaction with support, 1–6",
        )
        | texts("method", "Spørreundersøkelse hver høst", "Spørjeundersøking kvar haust", "A survey every autumn"),
    ),
    Plan(
        "K2", Type.QUALITY, Unit.PERCENT, "trust", Layer.ICT, Frequency.HALF_YEARLY, "52", "70", "1",
        ("4203", "4202", "4213"), "servicedesken",
        texts("name", "Løst ved første henvendelse", "Løyst ved første førespurnad", "Solved at first contact")
        | texts(
            "indicator",
            "Andel feil løst ved første henvendelse",
            "Delen feil som er løyste ved første førespurnad",
            "Share of incidents solved at first contact",
        )
        | texts("method", "Rapport fra servicedesken", "Rapport frå servicedesken", "A report of the service desk"),
    ),
    Plan(
        "K3", Type.QUALITY, Unit.PERCENT, "trust", Layer.OPERATIONS, Frequency.HALF_YEARLY, "35", "90", "1",
        ("4203", "4214", "4201", "4212"), "kursportalen",
        texts("name", "Tryggere ansatte", "Tryggare tilsette", "Safer staff")
        | texts(
            "indicator",
            "Andel ansatte med kurs i informasjonssikkerhet",
            "Delen tilsette med kurs i informasjonstryggleik",
            "Share of staff trained in information security",
        )
        | texts("method", "Fullførte kurs siste år", "Fullførte kurs siste år", "Courses completed in the last year"),
    ),
]  # fmt: skip
