"""A service together with all that it needs: multiplied exactly, what is not measured told and left out."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from services.actions.dependencies import set_dependencies
from services.models import Service
from sla.actions.outages import save_outages
from sla.figures.chain import Chain, Link
from sla.levels import Level
from sla.models import Metric, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from sla.words import chain as words
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer

CELL = "/tjenesteniva/EPOST/{}/?period=2026Q2&metric=availability"


def level(met: int, counted: int = 10_000, wanted: str = "0.995") -> Level:
    return Level(counted, met, Decimal(wanted) * counted, Decimal(0))


def link(number: int, one: Level) -> Link:
    return Link(Service(pk=number, code=f"S{number}", name_nb=f"Tjeneste {number}"), one)


def test_five_that_promise_99_5_promise_97_5_together():
    """The warning of `domain/sla-and-cost.md`: 0.995 to the fifth is 0.97524 ..."""
    chain = Chain(link(0, level(9950)), [link(number, level(9950)) for number in range(1, 5)])

    assert chain.share == Fraction(995, 1000) ** 5
    assert (chain.percent, chain.promised_percent) == (Decimal("97.52"), Decimal("98.01"))
    assert words.figure(chain).replace("\u00a0", " ") == "97,52 %"
    assert chain.promises_too_much


def test_the_product_is_rounded_down_once():
    """0.99996 x 0.99998 is 0.99994000...: each rounded down first would be 99,99 x 99,99 = 99,98."""
    chain = Chain(link(0, level(99_996, 100_000)), [link(1, level(99_998, 100_000))])
    assert words.figure(chain).replace("\u00a0", " ") == "99,99 %"


def test_what_is_not_measured_is_left_out_and_told(settings):
    chain = Chain(link(0, level(9900)), [link(1, Level()), link(2, level(10_000))])
    assert chain.share == Fraction(99, 100)
    assert "Tjeneste 1: ikke målt her, og holdt utenfor." in words.notes(chain)
    assert not Chain(link(0, level(9900)), [link(1, Level())]).promises_too_much


def test_a_promise_within_the_chain_is_not_warned_of():
    chain = Chain(link(0, level(9900, wanted="0.99")), [link(1, level(9950)), link(2, level(9950))])
    assert not chain.promises_too_much


@pytest.fixture
def services(arendal, grimstad) -> dict[str, Service]:
    """E-mail needs the network, which needs the data room, of which nothing is promised."""
    names = {"EPOST": "E-post", "NETT": "Nett", "ROM": "Datarom"}
    found = {code: make.service(code, name) for code, name in names.items()}
    for place in (arendal, grimstad):
        make.participation(place)
    pairs = [(found[code], place) for code in ("EPOST", "NETT") for place in (arendal, grimstad)]
    version = make.agreement(*pairs, first=date(2026, 1, 1))
    promised = {"wanted": "0.995", "good_enough": "0.99", "notice_days": 3, "pauses": False}
    Target.objects.create(version=version, metric=Metric.AVAILABILITY, **promised)
    set_dependencies(service=found["EPOST"], needed=[found["NETT"]], by=None)
    set_dependencies(service=found["NETT"], needed=[found["ROM"]], by=None)
    return found


def down(service: Service, owner, hours: int) -> None:
    started = oslo(2026, 4, 7, 8)
    report = Report(
        source="a",
        external_id=service.code,
        hits=[Hit(service, owner)],
        started=started,
        ended=oslo(2026, 4, 7, 8 + hours),
    )
    save_outages(reports=[report], by=None)


def test_the_page_of_a_figure_shows_the_chain_of_this_owner(client, administrator, services, arendal, grimstad):
    down(services["EPOST"], arendal, 2)
    down(services["NETT"], arendal, 4)
    recalculate()
    client.force_login(administrator)

    page = client.get(CELL.format(arendal.pk))

    panel = page.context["panel"]
    counted = panel.level.counted
    share = Fraction(counted - 2 * 3600, counted) * Fraction(counted - 4 * 3600, counted)
    shown = Decimal(share.numerator * 10_000 // share.denominator) / 100
    assert page.context["chain"].replace("\u00a0", " ") == f"{shown:.2f} %".replace(".", ",")
    assert [(one.name, one.share) for one in page.context["links"]][1] == ("Datarom", "–")
    assert f"/tjenesteniva/NETT/{arendal.pk}/" in page.context["links"][0].url
    assert client.get(page.context["links"][0].url).status_code == 200
    untouched = client.get(CELL.format(grimstad.pk)).context["chain"]
    assert untouched.replace("\u00a0", " ") == "100,00 %"


def test_the_chain_is_told_over_rest_as_on_the_page(client, administrator, services, arendal, grimstad):
    down(services["EPOST"], arendal, 2)
    down(services["NETT"], arendal, 4)
    recalculate()
    asked = {"service": "EPOST", "municipality": "4203", "month": "2026-04"}

    answer = client.get("/api/v1/availability/explanation/", asked, headers=bearer(administrator)).json()

    client.force_login(administrator)
    page = client.get(CELL.format(arendal.pk).replace("2026Q2", "2026-04")).context
    told = answer["chain"]
    assert page["chain"].replace("\u00a0", " ") == f"{told['availability']} %".replace(".", ",")
    assert (told["promised"], told["promises_too_much"]) == ("99.50", False)
    network, room = told["links"]
    assert (network["service"], network["status"]) == ("NETT", "not_good_enough")
    assert page["links"][0].share.replace("\u00a0", " ") == f"{network['availability']} %".replace(".", ",")
    assert room == {"service": "ROM", "availability": None, "status": "not_measured"}


def test_a_service_that_needs_nothing_has_no_chain(client, administrator, services, arendal):
    recalculate()
    client.force_login(administrator)
    url = CELL.format(arendal.pk).replace("EPOST", "ROM")
    assert "chain" not in client.get(url).context
