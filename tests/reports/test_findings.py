"""The words of a report follow its figures, in three languages, whether high or low is better."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from kit.charts import PRINT
from kit.quarters import Quarter
from reports import voice
from reports.document.front import broken
from reports.document.key_figures import key_figures
from reports.document.links import Links
from reports.document.span import missing, shown
from reports.figures import BoardFigures, Head
from reports.findings import conclusions, decisions, front, sections
from reports.findings.standing import failing
from sla.levels import Level, Status
from sla.reporting import IncidentCounts, Names, OwnerFigures, Promises, ServiceFigures, ServiceLevels
from tests import make

QUARTERS = tuple(str(one) for one in Quarter(2026, 3).ending_here(8))
NOTHING = IncidentCounts(0, 0, 0, 0, 0)


def level(met: int, counted: int = 10) -> Level:
    return Level(counted, met, Decimal(counted) * Decimal("0.9"), Decimal(counted) * Decimal("0.8"))


def kept(solved: int, answered: int = 10, counted: int = 10) -> Promises:
    return Promises(level(answered, counted), level(solved, counted))


def service(name: str, *quarters: Promises) -> ServiceFigures:
    series = (Promises(),) * (8 - len(quarters)) + quarters
    return ServiceFigures(len(name), name.upper(), Names(name, name, name), False, series, (Promises(),) * 24)


def levels(*services: ServiceFigures, without_agreement: int = 0) -> ServiceLevels:
    total = tuple(sum((one.quarters[index] for one in services), Promises()) for index in range(8))
    owner = OwnerFigures(1, "Arendal", 46000, total, tuple(one.now for one in services))
    now = IncidentCounts(100, 90, 5, 2, without_agreement)
    return ServiceLevels(
        QUARTERS, (date(2026, 1, 1),), total, (), services, (owner,), (NOTHING,) * 7 + (now,), 0, 0, (), (), ()
    )


def board(levels: ServiceLevels) -> BoardFigures:
    """A report from before there were other rooms."""
    head = Head("2026Q3", "Fellesdrift", is_demonstration=False, cut_off=make.oslo(2026, 10, 6))
    return BoardFigures(head, {"service_levels": levels}, ())


def since(levels: ServiceLevels) -> ServiceLevels:
    return shown(board(levels)).service_levels


GOOD, FAIR, POOR = kept(10), kept(8), kept(5)


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        ([], "Ingenting ble målt i kvartalet"),
        ([service("E-post", GOOD)], "Driften holder det som er lovet"),
        ([service("E-post", FAIR)], "Driften er god nok, men ikke på mål"),
        (
            [service("Sak/arkiv", POOR), *(service(name, GOOD) for name in ("E-post", "Nett", "Skole", "Lønn"))],
            "Samlet er driften på mål, men sak/arkiv holder ikke godt nok nivå",
        ),
        (
            [service("Sak/arkiv", POOR), service("E-post", GOOD), service("Nett", FAIR), service("Telefon", GOOD)],
            "Samlet holder driften godt nok nivå, men sak/arkiv gjør det ikke",
        ),
        ([service("Sak/arkiv", POOR), service("E-post", POOR)], "Driften er ikke god nok; sak/arkiv og e-post svikter"),
        (
            [service(name, POOR) for name in ("E-post", "Nett", "Telefon")],
            "Driften er ikke god nok; tre av tre tjenester svikter",
        ),
    ],
)
def test_the_heading_is_the_finding(shown, sentence):
    with translation.override("nb"):
        assert front.headline(levels(*shown)) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nn", "Drifta er ikkje god nok; sak/arkiv sviktar"),
        ("en", "Operations are not good enough; sak/arkiv fails"),
    ],
)
def test_the_heading_stands_in_the_readers_language(language, sentence):
    with translation.override(language):
        assert front.headline(levels(service("Sak/arkiv", POOR))) == sentence


def test_a_handful_of_incidents_makes_no_heading():
    few = service("Telefoni", kept(0, 0, counted=2))
    with translation.override("nb"):
        assert front.headline(levels(few, service("E-post", GOOD))) == "Driften er god nok, men ikke på mål"
        assert decisions.decisions(board(levels(few))) == []
        assert sections.service_finding(few) == "For få feil til å vurdere"


def test_the_board_is_asked_about_the_services_with_most_broken_deadlines():
    shown = levels(service("E-post", kept(7)), service("Sak/arkiv", kept(2)))
    with translation.override("nb"):
        assert [one.title for one in decisions.decisions(board(shown))] == [
            "Be om tiltak for sak/arkiv",
            "Be om tiltak for e-post",
        ]
        assert (
            decisions.decisions(board(shown))[0].text
            == "20\xa0% løst innen fristen, godt nok er 80 %. 8\xa0frister ble brutt."
        )
        assert decisions.decisions(board(shown))[0].detail == "gjelder én eier"


def test_the_board_is_asked_about_incidents_that_no_agreement_covers():
    poor = [service(name, POOR) for name in ("E-post", "Nett", "Telefon", "Skole")]
    with translation.override("nb"):
        asked = decisions.decisions(board(levels(*poor, without_agreement=4)))
    assert len(asked) == 3
    assert asked[-1].text == "4 av 100 meldte feil hadde ingen avtale og er ikke målt."


def test_the_decisions_name_the_failing_services_that_they_have_no_room_for():
    poor = [service(name, POOR) for name in ("E-post", "Nett", "Telefon", "Skole")]
    with translation.override("nb"):
        assert decisions.also_failing(board(levels(*poor))) == "Heller ikke gode nok: skole."
        assert (
            decisions.also_failing(board(levels(*poor, without_agreement=4))) == "Heller ikke gode nok: telefon, skole."
        )
        assert decisions.also_failing(board(levels(*poor[:3]))) == ""


def test_every_sum_of_broken_deadlines_is_the_sum_of_the_rows_that_are_shown():
    names = ("E-post", "Nett", "Telefon", "Skole", "Lønn")
    shown = levels(*(service(name, kept(solved)) for solved, name in enumerate(names, start=3)), without_agreement=1)
    with translation.override("nb"):
        table = broken(board(shown))
    assert [row.name for row in table.rows] == ["E-post", "Nett", "Andre tjenester", "Alle tjenester"]
    *rows, total = [[int(cell) for cell in row.cells] for row in table.rows]
    assert [sum(column) for column in zip(*rows, strict=True)] == total == [25, 25]


def test_nothing_is_asked_of_the_board_when_all_is_good_enough():
    assert decisions.decisions(board(levels(service("E-post", FAIR)))) == []


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (service("X", GOOD, POOR), "Løser for sent"),
        (service("X", GOOD, kept(10, 3)), "Svarer for sent"),
        (service("X", kept(5, 5)), "Sen med svar og løsning"),
        (service("X", POOR, FAIR), "God nok igjen"),
        (service("X", GOOD, FAIR), "Godt nok, var på mål"),
        (service("X", GOOD, GOOD, GOOD), "På mål i tre kvartaler"),
        (service("X", FAIR, FAIR), "Godt nok i to kvartaler"),
        (service("X", GOOD), "På mål"),
        (service("X"), "Ingenting å måle"),
    ],
)
def test_a_few_words_say_how_a_service_stands(one, words):
    with translation.override("nb"):
        assert sections.service_finding(one) == words


def test_services_that_changed_are_told_the_worst_first():
    shown = levels(service("E-post", POOR, GOOD), service("Nett", GOOD, POOR), service("Skole", GOOD, GOOD))
    with translation.override("nb"):
        assert [(one.status, one.text) for one in front.changes(shown)] == [
            (Status.NOT_GOOD_ENOUGH, "Nett: fra på mål til ikke godt nok"),
            (Status.ON_TARGET, "E-post: fra ikke godt nok til på mål"),
        ]


def test_a_change_that_rests_on_a_handful_of_incidents_is_not_told():
    now_few, was_few = service("Skole", GOOD, kept(0, 0, counted=2)), service("Telefoni", kept(0, 0, counted=2), GOOD)
    with translation.override("nb"):
        assert front.changes(levels(now_few, was_few, service("Nett", GOOD, GOOD))) == []


@pytest.mark.parametrize(
    ("few", "detail"),
    [
        (0, "Både svar og løsning"),
        (1, "Én til har for få feil til å vurderes"),
        (2, "To til har for få feil til å vurderes"),
    ],
)
def test_the_good_the_failing_and_those_with_too_few_incidents_add_up(few, detail):
    thin = [service(name, GOOD, kept(0, 0, counted=2)) for name in ("Skole", "Telefoni")[:few]]
    told = levels(service("Nett", GOOD, POOR), service("E-post", GOOD, GOOD), *thin)
    with translation.override("nb"):
        figures = key_figures(board(told), PRINT, Links(Quarter(2026, 3), on_page=False))
        figure = next(one for one in figures if one.key == "good-services")
        assert (figure.value, figure.unit, figure.detail) == ("1", f"av {2 + few}", detail)
    assert len(failing(told)) + 1 + few == len(told.measured)


@pytest.mark.parametrize(
    ("name", "inside"),
    [("Sak/arkiv", "sak/arkiv"), ("E-post", "e-post"), ("PC-er", "PC-er"), ("Visma HRM", "Visma HRM"), ("X", "X")],
)
def test_a_name_in_a_sentence_is_written_small_unless_it_is_a_name(name, inside):
    assert voice.inside(name) == inside


def test_three_conclusions_are_drawn():
    with translation.override("nb"):
        found = conclusions.conclusions(board(levels(service("E-post", GOOD), service("Sak/arkiv", POOR, POOR))))
    assert [one.title for one in found] == [
        "Sak/arkiv bryter flest frister",
        "Løsningene kommer for sent",
        "Én av én eiere får ikke god nok tjeneste",
    ]
    assert found[2].text == "Det gjelder Arendal. For få feil til å sammenligne eierne."
    assert found[0].text == "5 av de 5 fristene som ble brutt i kvartalet. Ikke god nok to kvartaler på rad."


def test_only_quarters_with_figures_are_shown():
    whole = levels(service("E-post", FAIR, GOOD, GOOD, FAIR, GOOD))
    assert since(whole).quarters == ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")
    assert [len(one.quarters) for one in since(whole).services] == [5]
    assert since(levels()).quarters == ("2026Q2", "2026Q3") == since(levels(service("E-post", GOOD))).quarters
    with translation.override("nb"):
        assert missing(since(whole).quarters) == "Det finnes tall for fem kvartaler."
        assert missing(QUARTERS) == ""


def test_a_young_partnership_has_no_year_to_compare_its_incidents_with():
    with translation.override("nb"):
        told = sections.incidents_title(since(levels(service("E-post", GOOD))))
    assert told == "100 feil ble meldt og 90 løst"


def test_a_comparison_of_owners_says_whom_it_leaves_out():
    def owner(name: str, solved: int, counted: int) -> OwnerFigures:
        return OwnerFigures(1, name, 1000, (kept(solved, counted, counted),) * 8, ())

    big, poor, small = owner("Arendal", 9, 10), owner("Grimstad", 4, 10), owner("Gjerstad", 0, 2)
    whole = levels(service("E-post", FAIR))
    with translation.override("nb"):
        told = [
            conclusions.conclusions(board(replace(whole, owners=some)))[2] for some in ((big, poor), (big, poor, small))
        ]
    assert [one.text for one in told] == [
        "Det gjelder Grimstad. Løst innen frist: fra 40\xa0% i Grimstad til 90\xa0% i Arendal.",
        "Det gjelder Grimstad. Løst innen frist, der det var fem feil eller mer: "
        "fra 40\xa0% i Grimstad til 90\xa0% i Arendal.",
    ]


def test_a_report_says_what_it_does_not_know():
    with translation.override("nb"):
        assert sections.unknown(board(levels(service("E-post", GOOD), service("Telefoni"), without_agreement=1))) == (
            "Ikke målt i kvartalet: telefoni. 1 feil ble meldt der ingen avtale gjelder. Den er ikke talt med."
        )
