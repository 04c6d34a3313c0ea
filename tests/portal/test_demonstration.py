"""The demonstration: a real export moved apart in time, loaded through the ordinary actions."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kit.quarters import Quarter
from partnership.access import Role
from partnership.models import Participation, Partnership, RoleGrant, User
from portal.demonstration import cast, incidents
from portal.demonstration.days import meeting_day, meeting_time
from reports.models import Distribution, Edition
from sla.models import Clock, Compliance, Incident
from tests import make

CUT_OFF = datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001 - local, as the export has it


@pytest.fixture(scope="module")
def export():
    return incidents.read_export()


@pytest.fixture(scope="module")
def rows(export):
    return list(incidents.moved(export, CUT_OFF))


def read(text: str) -> datetime:
    return datetime.strptime(text, incidents.WRITTEN)  # noqa: DTZ007


@pytest.mark.parametrize(
    ("wanted", "met_on"),
    [
        (date(2026, 12, 10), date(2026, 12, 10)),
        (date(2026, 12, 12), date(2026, 12, 14)),
        (date(2026, 12, 24), date(2027, 1, 4)),
        (date(2027, 3, 25), date(2027, 3, 30)),
        (date(2027, 5, 17), date(2027, 5, 18)),
    ],
    ids=["a Thursday", "a Saturday", "Christmas", "Easter", "the seventeenth of May"],
)
def test_a_board_meets_on_a_working_day(wanted, met_on):
    noon = make.oslo(wanted.year, wanted.month, wanted.day, 12)
    assert (meeting_day(wanted), meeting_time(noon)) == (met_on, make.oslo(met_on.year, met_on.month, met_on.day, 12))


def test_an_incident_moves_by_one_whole_number_of_weeks(export, rows):
    opened = {row["number"]: read(row["opened_at"]) for row in export}
    weeks = {row["number"]: read(row["opened_at"]) - opened[row["number"]] for row in rows}
    assert {step % timedelta(weeks=1) for step in weeks.values()} == {timedelta(0)}
    kept = {(row["number"], row["incident_state"], read(row["sys_updated_at"]) - weeks[row["number"]]) for row in rows}
    before = {(row["number"], row["incident_state"], read(row["sys_updated_at"])) for row in export}
    assert kept - before == set()


def test_openings_spread_over_five_closed_quarters_and_the_running_one(rows):
    quarters = {Quarter.of(read(row["opened_at"]).date()) for row in rows}
    assert quarters == set(Quarter(2026, 4).ending_here(6))


def test_nothing_has_happened_after_the_cut_off(rows):
    instants = [row[name] for row in rows for name in incidents.INSTANTS if row[name] != incidents.MISSING]
    assert max(map(read, instants)) <= CUT_OFF


def test_some_incidents_are_still_open(rows):
    assert len({row["number"] for row in rows if row["resolved_at"] == incidents.MISSING}) > 0


def test_the_same_cut_off_gives_the_same_rows(export, rows):
    assert list(incidents.moved(export, CUT_OFF)) == rows


def test_values_are_spread_near_the_shares_that_are_wanted(rows):
    placed = incidents.spread(rows, "location", {"4203": 3, "4202": 1})
    counts = {key: len({row["number"] for row in rows if placed[row["location"]] == key}) for key in ("4203", "4202")}
    assert 2 < counts["4203"] / counts["4202"] < 4


def test_the_demonstration_holds_eight_owners_every_role_and_calculated_levels(db):
    call_command("load_demo", stdout=StringIO())
    assert Partnership.objects.get().is_demonstration
    assert Participation.objects.current().count() == 8
    assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)
    assert Clock.objects.values("incident").distinct().count() == Incident.objects.count()
    assert Compliance.objects.level().counted == Clock.objects.decided().count()
    assert Distribution.objects.exists()
    assert not Distribution.objects.filter(sent_at=None).exists()
    edition = Edition.objects.get()
    assert edition.cut_off.date() < edition.meeting_on


@pytest.mark.django_db
def test_it_is_refused_where_somebody_has_begun():
    make.person("Ingrid Dahl")
    with pytest.raises(CommandError, match="folk"):
        call_command("load_demo")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_if_empty_leaves_a_partnership_alone():
    make.partnership("Vår egen IKS")
    call_command("load_demo", "--if-empty")
    assert Partnership.objects.get().name == "Vår egen IKS"


@pytest.mark.django_db
def test_accounts_are_printed_for_a_demonstration_only():
    out = StringIO()
    make.partnership("Vår egen IKS")
    call_command("demo_accounts", stdout=out)
    assert out.getvalue() == ""


@pytest.mark.django_db
def test_one_account_is_printed_for_each_role():
    out = StringIO()
    make.partnership(cast.NAME, is_demonstration=True)
    call_command("demo_accounts", stdout=out)
    assert out.getvalue().count("@") == len(Role)
