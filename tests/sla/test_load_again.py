"""An agreement loaded again from the same day: what has judged stands, and the same file changes nothing."""

from datetime import date

import pytest
from django.core.management import CommandError

from partnership.models import Organisation
from services.models import CalendarVersion, Service, ServiceCalendar
from sla.models import AgreementVersion, Clock, Coverage, Target
from tests import make
from tests.make import oslo
from tests.sla.test_load_agreement import periods


@pytest.fixture
def judged(load):
    """A version from January 2016 that has judged an incident of March."""
    load("2016-01-01")
    service, owner = Service.objects.get(code="EPOST"), Organisation.objects.get(municipality="4203")
    make.incident(service, owner, oslo(2016, 3, 1, 9), priority=3, responded=oslo(2016, 3, 1, 9, 50))
    load("2016-01-01")
    return AgreementVersion.objects.get()


def content() -> list:
    clocks = Clock.objects.order_by("pk").values_list("target", "due", "met")
    tables = (AgreementVersion, Target, Coverage, CalendarVersion, ServiceCalendar, Service, Organisation)
    return [*clocks, *(list(model.objects.order_by("pk").values_list()) for model in tables)]


@pytest.mark.parametrize(
    "changes",
    [
        {"targets": {"3": {"response": 60, "resolution": 481}}},
        {"targets": {"3": {"response": 60, "resolution": 480}}},
        {"wanted": 0.96},
        {"weekly": {"mon": [["09:00", "10:00"]]}},
        {"holidays": ["2016-03-24"]},
        {"availability": {"wanted": 0.99, "notice_days": 3}},
        {"service": {"*": "BRUKER"}},
        {"service": {"*": "BRUKER", "Category 42": "EPOST", "Category 43": "PC"}},
        {"municipality": {"*": "4204"}},
    ],
)
def test_what_has_judged_is_not_changed_by_another_file(load, judged, changes):
    before = content()

    with pytest.raises(CommandError, match="siden 2016-01-01, så den blir stående") as told:
        load("2016-01-01", **changes)

    assert "\n" not in str(told.value)
    assert content() == before


def test_what_has_judged_is_loaded_again_without_a_change(load, judged):
    judged.resolution = "styresak 1/15"
    judged.save()
    before = content()

    out = load("2016-01-01")

    assert "gjelder fra 2016-01-01" in out
    assert (content(), load.warned) == (before, "")


def test_what_is_loaded_without_opening_hours_of_a_target_is_refused(load):
    load("2016-01-01")
    night = make.calendar("Vakt", first=date(2017, 1, 1))
    version = AgreementVersion.objects.get()
    owner = Organisation.objects.get(municipality="4203")
    target = version.targets.get(priority=1, metric="response")
    target.pk, target.organisation, target.calendar = None, owner, night
    target.save()

    with pytest.raises(CommandError, match=r"«Vakt» har ingen åpningstid .*2016, først fra .*2017"):
        load("2016-06-01")
    assert periods() == [(1, date(2016, 1, 1), None)]
