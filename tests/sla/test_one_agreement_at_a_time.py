"""A service of an owner is under one agreement at a time: the database holds it, whatever the actions forget."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.periods import days
from sla.models import AgreementVersion, Coverage
from tests import make


@pytest.fixture
def first(email, arendal) -> AgreementVersion:
    return make.agreement((email, arendal), first=date(2026, 1, 1), last=date(2026, 6, 30))


def other(first_day: date, last_day: date | None = None) -> AgreementVersion:
    return make.agreement(name="Naboavtalen", first=first_day, last=last_day)


def covered(version: AgreementVersion, service, owner) -> Coverage:
    return Coverage.objects.create(version=version, service=service, organisation=owner, period=version.period)


@pytest.mark.parametrize(
    "span",
    [
        (date(2026, 6, 30), None),
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (date(2025, 1, 1), None),
    ],
)
def test_days_of_another_agreement_are_refused(first, email, arendal, span):
    with pytest.raises(IntegrityError, match="one_agreement_at_a_time"), transaction.atomic():
        covered(other(*span), email, arendal)


def test_a_version_that_grows_into_the_days_of_another_is_refused(first, email, arendal):
    covered(other(date(2026, 7, 1)), email, arendal)
    with pytest.raises(IntegrityError, match="one_agreement_at_a_time"), transaction.atomic():
        AgreementVersion.objects.filter(pk=first.pk).update(period=days(date(2026, 1, 1), date(2026, 7, 1)))


def test_the_days_around_it_other_services_other_owners_and_drafts_are_not(first, email, arendal, grimstad):
    covered(other(date(2026, 7, 1)), email, arendal)
    beside = make.agreement(name="Den tredje", first=date(2026, 3, 1))
    covered(beside, email, grimstad)
    covered(beside, make.service("SAK", "Sak"), arendal)
    make.draft((email, arendal), name="Utkastet")
    assert Coverage.objects.filter(service=email, organisation=arendal).count() == 3
