"""What the tests of the doors share."""

from datetime import date

import pytest

from services.models import Service
from sla.models import Metric, Target
from tests import make


@pytest.fixture
def promised_mail(arendal, grimstad) -> Service:
    """99.5 % of the time for both owners, from September on."""
    service = make.service()
    version = make.agreement((service, arendal), (service, grimstad), first=date(2026, 9, 1))
    Target.objects.create(
        version=version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3, pauses=False
    )
    return service
