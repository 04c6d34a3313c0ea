"""Orders, benefits and resolutions in the report: frozen with it, told in words, and absent from older reports."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from kit.charts import PRINT
from kit.quarters import Quarter
from partnership.models import MeetingState
from reports import csv_twin
from reports.corrections import Recount, recounts
from reports.document import Edited, laid_out
from reports.figures import BoardFigures, collect, frozen, thawed
from reports.findings.conclusions import conclusions
from reports.findings.decisions import decisions
from services.models import Order
from services.treatments import State
from tests import make, make_benefits, make_bodies, make_orders
from tests.reports import made
from tests.reports.made import THIRD
from tests.sla import measured

CUT_OFF = make.oslo(2026, 10, 6, 9)


@pytest.fixture
def board(arendal, grimstad, board_member) -> BoardFigures:
    """Two orders delivered, one of them late; one benefit behind, one not measured; one resolution overdue."""
    measured.levels(arendal, grimstad)
    for owner, promised in ((arendal, date(2026, 8, 20)), (grimstad, date(2026, 8, 10))):
        delivered(make_orders.order(owner, State.DELIVERED), promised)
    share = make_benefits.share(arendal)
    make_benefits.measurement(share, 110, date(2026, 6, 30))
    make_benefits.share(grimstad)
    held = make_bodies.meeting(make_bodies.body(), MeetingState.HELD, make.oslo(2026, 8, 20, 10))
    resolution = make_bodies.resolution(make_bodies.item(held, "Fordelingsnøkkel"))
    make_bodies.follow_up(resolution, board_member, due=date(2026, 10, 1))
    return collect(THIRD, CUT_OFF)


def delivered(order: Order, promised: date) -> None:
    sent, came = make.oslo(2026, 8, 3, 10), make.oslo(2026, 8, 14, 10)
    Order.objects.filter(pk=order.pk).update(sent_at=sent, delivered_at=came, first_promised_on=promised)


def printed(figures: BoardFigures, owner: int | None = None):
    with translation.override("nb"):
        return laid_out(figures, Edited("0" * 64, {}, None, owner), PRINT)


def test_every_room_is_frozen_with_the_report_and_comes_back_unchanged(board):
    assert thawed(frozen(board)) == board
    assert (board.orders.now.delivered, board.orders.now.late) == (2, 1)
    assert board.benefits.now.not_measured == 1
    assert (board.resolutions.open, board.resolutions.overdue) == (1, 1)


def test_a_report_from_before_the_rooms_were_built_is_still_read(board):
    older = frozen(board)
    older["sections"] = {"service_levels": older["sections"]["service_levels"]}
    del older["recounts"]
    found = thawed(older)
    assert (found.orders, found.benefits, found.resolutions) == (None, None, None)
    document = printed(found)
    assert (document.orders, document.benefits, document.resolutions) == (None, None, None)
    assert [row.figure.key for row in document.front.figures] == [
        "solved", "answered", "good-services", "overdue", "without-agreement",
    ]  # fmt: skip
    with translation.override("nb"):
        assert len(csv_twin.csv_twin(found).splitlines()) > 10


def test_page_one_asks_for_late_resolutions_and_benefits_that_went_backwards(board):
    with translation.override("nb"):
        asked = [(one.title, one.who) for one in decisions(board)]
    assert asked[-2:] == [
        ("Be om grunnen til at 1 vedtak ikke er fulgt opp, og sett ny frist", "Styret"),
        ("Be Arendal om tiltak: felles mobilavtale har gått tilbake", "Arendal"),
    ]


def test_the_five_figures_take_in_orders_and_benefits(board):
    front = printed(board).front
    assert [(row.figure.key, row.figure.value) for row in front.figures][3:] == [
        ("on-time", "50,0"),
        ("benefits", "−10,0"),
    ]
    assert front.figures[3].figure.mark is None


def test_the_conclusions_take_in_orders_and_benefits(board):
    with translation.override("nb"):
        found = [one.title for one in conclusions(board)]
    assert found[1:] == ["Én bestilling kom for sent", "Gevinstene i kroner kommer for sent"]


def test_an_owners_own_edition_says_what_each_figure_is_for_it(board, arendal, grimstad):
    reader = printed(board, grimstad.pk).front.reader
    assert reader.name == "Grimstad"
    assert [(one.value, one.text) for one in reader.concerns] == [
        ("1", "frist ble brutt"), ("1", "bestilling kom for sent"), ("1", "gevinst er ikke målt"),
    ]  # fmt: skip
    assert reader.figures["on-time"].text == "0 av 1 bestillinger"
    assert reader.figures["benefits"].value == "–"
    broken = printed(board, grimstad.pk).front.broken
    assert broken is None or broken.owners == ("Arendal",)


def test_an_owner_that_the_report_knows_nothing_of_gets_the_boards_edition(board):
    assert printed(board, 999_999).front.reader is None


def test_what_differs_from_what_was_told_of_orders_and_benefits_is_corrected(board):
    told = replace(board.orders, series=(*board.orders.series[:-1], replace(board.orders.now, placed=1)))
    money = board.benefits.types[0]
    effects = (*money.effects[:-1], replace(money.effects[-1], realised=Decimal(5)))
    earlier = replace(board.benefits, types=(replace(money, effects=effects), *board.benefits.types[1:]))
    assert recounts("2026Q3", (told, earlier), (board.orders, board.benefits)) == (
        Recount("2026Q3", "2026Q3", "orders_placed", Decimal(1), Decimal(2)),
        Recount("2026Q3", "2026Q3", "benefits_money", Decimal(5), Decimal(-10)),
    )


def test_a_later_report_tells_what_changed_of_orders(board, arendal):
    made.published()
    delivered(make_orders.order(arendal, State.DELIVERED), date(2026, 8, 20))
    found = collect(Quarter(2026, 4), timezone.now() + timedelta(days=60)).recounts
    assert {(one.figure, one.was, one.now) for one in found if one.quarter == "2026Q3"} == {
        ("orders_placed", Decimal(2), Decimal(3)),
        ("orders_delivered", Decimal(2), Decimal(3)),
        ("orders_on_time", Decimal(1), Decimal(2)),
    }


def test_the_csv_twin_holds_orders_benefits_and_resolutions(board):
    with translation.override("nb"):
        rows = csv_twin.csv_twin(board).decode("utf-8-sig").splitlines()
    assert "2026Q3;bestillinger;alle;Innen lovet dato;1;2;50,0;" in rows
    assert "2026Q3;kroner;Arendal;Realisert;-10;50;-20,0;ikke godt nok" in rows
    assert "2026Q3;vedtak;alle;Av dem over fristen;1;;;" in rows
