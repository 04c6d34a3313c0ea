"""How many there are, told so that it is right in every language, and what a page of service levels belongs to."""

import pytest
from django.urls import reverse
from django.utils import translation

from sla.actions.outages import register_outage
from sla.forms.notices import NoticeForm
from sla.models import Outage, Phase
from sla.outages.reports import Draft, Hit
from sla.words import notices, outages
from tests.sla.announced import minutes
from tests.sla.living import put


def test_outages_are_counted_in_figures_as_the_word_for_one_has_a_gender(held):
    register_outage(draft=Draft(hits=[Hit(held, None)], started=minutes(-5)), outage=None, by=None)
    assert outages.state(Outage.objects.all()) == "1 brudd pågår nå."


def test_a_list_without_current_notices_tells_of_those_to_come():
    with translation.override("en"):
        assert notices.list_state(0, 0) == "No notice is current."
        assert notices.list_state(0, 1) == "No notice is current. One is still to come."
        assert notices.list_state(2, 3) == "Two notices are current. Three are still to come."


def test_the_headline_of_a_notice_is_asked_for_planned_work_too():
    with translation.override("en"):
        told = str(NoticeForm.base_fields["title"].help_text)
    assert told == "What does not work, or what is to be done, in a few words."


@pytest.mark.parametrize(
    "page", ["sla:grid", "sla:agreement-list", "sla:outage-list", "sla:notice-list", "sla:status-start"]
)
def test_the_menu_marks_service_levels_on_every_page_that_belongs_there(manager, page):
    menu = manager.get(reverse(page)).context["frame"].menu
    assert [entry.label for entry in menu if entry.current] == ["Tjenestenivå"]


def test_an_agreement_without_anybody_responsible_links_to_where_one_is_chosen(manager, agreement, administrator):
    put(agreement, Phase.PREPARATION)
    detail, rename = (reverse(f"sla:agreement-{page}", args=[agreement.pk]) for page in ("detail", "rename"))
    assert [one.url for one in manager.get(detail).context["needs"] if "rolle" in one.name] == [rename]
    agreement.responsible = administrator
    agreement.save()
    assert [one.url for one in manager.get(detail).context["needs"] if "rolle" in one.name] == [""]
