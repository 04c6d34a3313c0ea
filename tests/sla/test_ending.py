"""An agreement comes to an end: what judged days gone by, or an end that is stated, changes by resolution only."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sla.actions.agreements import Promise
from sla.actions.ending import end_agreement
from sla.actions.versions import Content, approve_version, propose_version, withdraw_approval, write_draft
from sla.models import Metric
from tests import make, make_bodies

REFUSAL = ["Velg vedtaket, eller skriv saksnummer og dato."]
ONE_DAY = timedelta(days=1)


@pytest.fixture
def today(db) -> date:
    return timezone.localdate()


@pytest.fixture
def ended(manager, version, today):
    """Ends the agreement through the form, as somebody who manages agreements does."""

    def post(last_day: date, **typed):
        url = reverse("sla:agreement-end", args=[version.agreement_id])
        answer = manager.post(url, {"last_day": f"{last_day:%d.%m.%Y}"} | typed)
        version.refresh_from_db()
        return answer

    return post


@pytest.mark.parametrize("days", [0, 40])
def test_a_first_end_that_has_not_come_is_stated_as_before(ended, version, today, days):
    assert ended(today + days * ONE_DAY).status_code == 302
    assert (version.last_day, version.end_resolution) == (today + days * ONE_DAY, "")


def test_an_end_on_a_day_gone_by_needs_a_resolution_and_what_was_typed_is_kept(ended, version, today):
    answer = ended(today - ONE_DAY)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"resolution": REFUSAL}
    assert f'value="{today - ONE_DAY:%d.%m.%Y}"' in answer.content.decode()
    assert version.last_day is None


def test_the_resolution_stands_with_the_version_in_its_history_and_on_its_page(ended, manager, version, today):
    ended(today - ONE_DAY, resolution="styresak 14/26")

    assert (version.last_day, version.end_resolution) == (today - ONE_DAY, "styresak 14/26")
    assert version.events.latest("pgh_id").end_resolution == "styresak 14/26"
    page = manager.get(reverse("sla:agreement-detail", args=[version.agreement_id])).content.decode()
    assert "avsluttet i styresak 14/26" in page


def test_a_resolution_written_here_is_named(ended, version, today):
    meeting = make_bodies.meeting(make_bodies.body("Styret"), starts=make.oslo(2026, 6, 3, 12))
    resolution = make_bodies.resolution(make_bodies.item(meeting, "Avtalen avsluttes"))
    ended(today - ONE_DAY, decided_in=resolution.pk)
    assert version.end_resolution == "Styret 1/26, 03.06.2026"


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_an_end_that_is_stated_is_moved_by_resolution_only(ended, version, today, days):
    stated = today + 30 * ONE_DAY
    ended(stated)

    answer = ended(stated + days * ONE_DAY)

    assert answer.context["form"].errors == {"resolution": REFUSAL}
    assert version.last_day == stated
    ended(stated + days * ONE_DAY, resolution="styresak 15/26")
    assert (version.last_day, version.end_resolution) == (stated + days * ONE_DAY, "styresak 15/26")


def test_the_same_end_again_changes_nothing_and_needs_nothing(ended, version, today):
    ended(today - ONE_DAY, resolution="styresak 14/26")
    assert ended(today - ONE_DAY).status_code == 302
    assert version.end_resolution == "styresak 14/26"


def test_an_end_is_not_moved_into_the_days_of_another_agreement(version, email, arendal, today):
    end_agreement(agreement=version.agreement, last_day=today, by=None)
    make.agreement((email, arendal), name="Ny avtale", first=today + ONE_DAY)
    with pytest.raises(ValidationError, match="annen avtale dekker"):
        end_agreement(agreement=version.agreement, last_day=today + 9 * ONE_DAY, resolution="sak 1/26", by=None)


def test_a_stated_end_goes_to_the_version_that_follows_and_back_with_its_resolution(version, today):
    """The follower is withdrawn before it holds."""
    agreement, stated, soon = version.agreement, today + 90 * ONE_DAY, today + 30 * ONE_DAY
    end_agreement(agreement=agreement, last_day=stated, resolution="styresak 14/26", by=None)
    said = Content(version.calendar, version.coverage.pairs(), [Promise(Metric.RESOLUTION, 3, 120)])
    draft = write_draft(agreement=agreement, first_day=soon, content=said, by=None)
    propose_version(version=draft, proposed_to=make_bodies.body("Styret"), by=None)

    written = approve_version(version=draft, first_day=soon, decided_in=None, resolution="styresak 15/26", by=None)
    version.refresh_from_db()
    assert (version.last_day, version.end_resolution) == (soon - ONE_DAY, "")
    assert (written.version.last_day, written.version.end_resolution) == (stated, "styresak 14/26")

    withdraw_approval(version=written.version, by=None)
    version.refresh_from_db()
    assert (version.last_day, version.end_resolution) == (stated, "styresak 14/26")
