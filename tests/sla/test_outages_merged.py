"""Parts of one number: told apart when owners met it at different times, put together when they no longer do."""

import pytest

from sla.actions.outages import reclassify, save_outages
from sla.models import Outage, OutageKind
from sla.outages.reports import Hit, Report
from tests import make
from tests.make import oslo

NINE, TEN, ELEVEN = (oslo(2026, 4, 7, hour, 0) for hour in (9, 10, 11))


@pytest.fixture
def email(arendal, grimstad):
    return make.service("EPOST", "E-post")


def told(*reports: tuple, **whole) -> None:
    """Of number 17: whom it hit, and until when."""
    save_outages(
        reports=[
            Report(source="a", external_id="17", hits=[Hit(service, owner)], started=NINE, ended=ended)
            for service, owner, ended in reports
        ],
        by=None,
        **whole,
    )


def parts() -> list[tuple]:
    return [
        (outage.part, [hit.organisation.name for hit in outage.reach.all()], outage.ended)
        for outage in Outage.objects.order_by("part")
    ]


def test_a_part_that_comes_out_of_a_judged_one_is_judged_alike(email, arendal, grimstad):
    told((email, arendal, TEN), (email, grimstad, TEN))
    reclassify(outage=Outage.objects.get(), kind=OutageKind.PLANNED, reason="Varslet på e-post.", by=None)

    told((email, arendal, TEN), (email, grimstad, ELEVEN))

    assert parts() == [(1, ["Arendal"], TEN), (2, ["Grimstad"], ELEVEN)]
    for outage in Outage.objects.all():
        assert outage.kind == OutageKind.PLANNED
        assert [decision.reason for decision in outage.reclassifications.all()] == ["Varslet på e-post."]


def test_parts_that_get_the_same_times_become_one_again(email, arendal, grimstad):
    told((email, arendal, TEN), (email, grimstad, ELEVEN))

    told((email, arendal, ELEVEN), (email, grimstad, ELEVEN))

    assert parts() == [(2, ["Arendal", "Grimstad"], ELEVEN)]  # the one whose times these are


def test_a_judged_part_and_one_that_is_not_stay_apart(email, arendal, grimstad):
    told((email, arendal, TEN), (email, grimstad, ELEVEN))
    reclassify(outage=Outage.objects.get(part=1), kind=OutageKind.PLANNED, reason="Varslet på e-post.", by=None)

    told((email, arendal, ELEVEN), (email, grimstad, ELEVEN))

    assert parts() == [(1, ["Arendal"], ELEVEN), (2, ["Grimstad"], ELEVEN)]
    assert list(Outage.objects.order_by("part").values_list("kind", flat=True)) == ["planned", "unplanned"]


def test_what_does_not_tell_everything_moves_only_whom_it_names(email, arendal, grimstad):
    told((email, arendal, TEN), (email, grimstad, TEN))

    told((email, grimstad, ELEVEN), is_whole=False)

    assert parts() == [(1, ["Arendal"], TEN), (2, ["Grimstad"], ELEVEN)]


def test_whom_a_whole_story_does_not_name_was_not_hit(email, arendal, grimstad):
    told((email, arendal, TEN), (email, grimstad, ELEVEN))

    told((email, grimstad, ELEVEN))

    assert parts() == [(2, ["Grimstad"], ELEVEN)]
