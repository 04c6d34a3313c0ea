"""What is promised by opening hours that had not begun: refused beforehand, and told where it has happened."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from sla.actions.versions import approve_version, propose_version
from sla.figures.what_if import what_if
from sla.models import Impact, Metric, Need, Stage, Target
from sla.needs import standing
from sla.recalculation import recalculate
from sla.words import what_if as words
from tests import make, make_bodies
from tests.make import oslo
from tests.sla.measured import HELD, reported

SPRING = date(2027, 3, 1)


@pytest.fixture
def night(db):
    """Hours that begin in March 2027."""
    return make.calendar("Nattvakt", first=SPRING)


@pytest.fixture
def board(db):
    return make_bodies.body("Styret")


@pytest.fixture
def draft(version, email, arendal):
    draft = make.draft((email, arendal))
    draft.planned_day = date(2027, 1, 1)
    draft.save()
    return draft


def as_own(draft, night) -> None:
    draft.calendar = night
    draft.save()


def as_a_targets(draft, night) -> None:
    draft.targets.update(calendar=night)


def proposed(draft, board):
    return propose_version(version=draft, proposed_to=board, by=None)


def approved(draft, first_day: date):
    return approve_version(version=draft, first_day=first_day, decided_in=None, resolution="sak 1/26", by=None)


@pytest.mark.parametrize("used", [as_own, as_a_targets])
def test_a_version_is_not_proposed_from_a_day_without_hours(manager, draft, night, board, used):
    used(draft, night)

    answer = manager.post(reverse("sla:version-propose", args=[draft.pk]), {"proposed_to": board.pk})

    assert answer.status_code == 422
    with translation.override("nb"):
        assert answer.context["form"].non_field_errors() == [
            "«Nattvakt» har ingen åpningstid 01.01.2027, først fra 01.03.2027. Velg en senere dag "
            "eller en annen åpningstid."
        ]
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


@pytest.mark.parametrize("used", [as_own, as_a_targets])
def test_a_version_is_not_approved_from_a_day_without_hours(manager, draft, version, night, board, used):
    proposal = proposed(draft, board)
    used(proposal, night)
    typed = {"first_day": "28.02.2027", "resolution": "sak 1/26"}

    answer = manager.post(reverse("sla:version-approve", args=[draft.pk]), typed)

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["first_day"]
    assert "«Nattvakt» har ingen åpningstid 28.02.2027, først fra 01.03.2027." in told
    assert 'value="28.02.2027"' in answer.content.decode()
    version.refresh_from_db()
    assert version.last_day is None
    assert approved(proposal, SPRING).version.first_day == SPRING


def test_every_calendar_that_lacks_hours_is_named(draft, night, board):
    as_own(draft, night)
    empty = make.calendar("Tom")
    empty.versions.all().delete()
    as_a_targets(draft, empty)

    with pytest.raises(ValidationError) as refusal:
        proposed(draft, board)

    assert [told.partition("» har")[0] for told in refusal.value.messages] == ["«Nattvakt", "«Tom"]
    assert "har ingen åpningstid 01.01.2027. Velg en annen dag" in refusal.value.messages[1]


def test_what_its_phase_lacks_names_the_hours_of_a_target(version, night):
    def lacking() -> list:
        (one,) = (one for one in standing(version.agreement) if one.need == Need.CALENDAR)
        return list(one.lacking)

    version.agreement.phase = "preparation"
    assert lacking() == []
    version.targets.filter(priority=1).update(calendar=night)
    assert lacking() == [night]


@pytest.fixture
def page(manager):
    return lambda incident: manager.get(reverse("sla:incident-detail", args=[incident.pk]))


def without(answer) -> list[str]:
    """The deadlines that are said to have no hours."""
    return [figure.label for figure in answer.context["figures"] if figure.note == "ingen åpningstid"]


def test_an_incident_without_hours_is_told_of_the_hours_by_name(page, version, email, arendal, night):
    version.targets.filter(priority=3).update(calendar=night)
    incident = reported(email, arendal, oslo(2026, 8, 3, 9), HELD)
    recalculate()

    answer = page(incident)

    said = answer.context["state"]
    assert "En frist var avtalt, men Nattvakt hadde ingen åpningstid da feilen ble meldt." in said
    assert "Ingen frist var avtalt" not in said
    assert without(answer) == ["Svar", "Løsning"]


def test_only_the_deadline_whose_hours_are_missing_is_told_of(page, version, email, arendal, night):
    version.targets.filter(priority=3, metric=Metric.RESPONSE).update(calendar=night)
    incident = reported(email, arendal, oslo(2026, 8, 3, 9), HELD)
    recalculate()

    assert without(page(incident)) == ["Svar"]


def test_the_target_that_would_judge_it_says_by_which_hours(page, version, email, arendal, grimstad, night):
    """What is said of its impact for its owner goes before what is common, and what is another's is no matter."""
    solving = {"version": version, "metric": Metric.RESOLUTION, "priority": 3, "pauses": True, "minutes": 60}
    Target.objects.create(**solving, organisation=grimstad, calendar=night)
    Target.objects.create(**solving, organisation=arendal, impact=Impact.UNIT, calendar=night)
    usual = reported(email, arendal, oslo(2026, 8, 3, 9), HELD)
    hit = reported(email, arendal, oslo(2026, 8, 3, 9), HELD, impact=Impact.UNIT)
    recalculate()

    assert [without(page(one)) for one in (usual, hit)] == [[], ["Løsning"]]


def test_what_if_says_that_hours_are_tried_before_they_began(administrator, draft, night):
    now = oslo(2027, 5, 10, 12)
    assert words.state(what_if(administrator, draft, 3, now)).endswith("2027.")
    as_a_targets(draft, night)

    told = words.state(what_if(administrator, draft, 3, now))

    assert told.endswith("Åpningstiden «Nattvakt» gjelder fra 01.03.2027, men er prøvd også før det.")
    assert "Nattvakt" not in words.state(what_if(administrator, draft, 3, oslo(2027, 6, 10, 12)))
