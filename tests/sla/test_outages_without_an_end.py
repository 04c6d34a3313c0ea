"""Planned work goes before downtime, so that it has to end; and only planned work is told ahead."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sla.actions.outages import reclassify, save_outages
from sla.models import Outage, OutageKind, Reclassification
from sla.outages.reports import Hit, Report
from tests import make
from tests.make import oslo

MORNING = oslo(2026, 4, 7, 9)
PLANNED, UNPLANNED = OutageKind.PLANNED, OutageKind.UNPLANNED


def report(number: str, kind: OutageKind, started=MORNING, ended=None) -> Report:
    hits = [Hit(make.service(f"T{number}"), None)]
    return Report(source="a", external_id=number, kind=kind, started=started, ended=ended, hits=hits)


def test_what_still_goes_on_cannot_be_judged_planned_as_it_would_hide_all_that_comes(db):
    save_outages(reports=[report("1", UNPLANNED)], by=None)

    with pytest.raises(ValidationError, match="Registrer det planlagte arbeidet"):
        reclassify(outage=Outage.objects.get(), kind=PLANNED, reason="Avtalt.", by=None)

    assert not Reclassification.objects.exists()


def test_planned_work_without_an_end_from_a_file_is_asked_about_at_home(client, manager):
    tomorrow = timezone.now() + timedelta(days=1)
    told = [
        report("1", PLANNED),
        report("2", PLANNED, ended=oslo(2026, 4, 7, 11)),
        report("3", UNPLANNED),
        report("4", PLANNED, started=tomorrow),
    ]
    save_outages(reports=told, by=None)

    page = client.get("/").content.decode()

    assert [one.external_id for one in Outage.objects.order_by("pk") if f"{one} har ingen slutt" in page] == ["1"]


def test_only_planned_work_is_told_ahead(db):
    tomorrow = timezone.now() + timedelta(days=1)
    save_outages(reports=[report("1", PLANNED, started=tomorrow, ended=tomorrow + timedelta(hours=1))], by=None)
    with pytest.raises(ValidationError, match="Bare planlagt arbeid"):
        save_outages(reports=[report("2", UNPLANNED, started=tomorrow)], by=None)
    assert Outage.objects.count() == 1


def test_planned_work_that_is_to_come_cannot_be_judged_unplanned(db):
    tomorrow = timezone.now() + timedelta(days=1)
    save_outages(reports=[report("1", PLANNED, started=tomorrow, ended=tomorrow + timedelta(hours=1))], by=None)

    with pytest.raises(ValidationError, match="Bare planlagt arbeid"):
        reclassify(outage=Outage.objects.get(), kind=UNPLANNED, reason="Ikke varslet.", by=None)
