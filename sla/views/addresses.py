"""Addresses of the pages about a deadline in a period, and of the rows behind a figure."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from partnership.models import Organisation
from services.models import Service
from sla.models import Metric, Target
from sla.spans import Span


def at(path: str, metric: Metric | None = None, span: Span | None = None, **query: Any) -> str:
    """The address of a page about this deadline in this period."""
    asked = {"period": span, "metric": metric and metric.value} | query
    return f"{path}?{urlencode({name: str(value) for name, value in asked.items() if value})}"


def behind(metric: Metric, span: Span, service: Service | None = None, owner: Organisation | None = None) -> str:
    """The list of the incidents that a figure counts, or of the outages in its time. None is all that one may see."""
    place = {"service": service and service.pk, "owner": owner and owner.pk}
    if metric == Metric.AVAILABILITY:
        return at(reverse("sla:outage-list"), span=span, **place)
    return at(reverse("sla:incident-list"), metric, counted=span, **place)


def improving(target: Target, span: Span, service: Service, owner: Organisation | None = None) -> str:
    """Where an improvement of a missed target is written down; without an owner, of what all together missed."""
    missed = {"target": target.pk, "service": service.pk, "organisation": owner and owner.pk}
    path = reverse("sla:improvement-add", args=[target.version.agreement_id])
    return at(path, **missed, missed_from=span.first.isoformat(), missed_to=span.last.isoformat())
