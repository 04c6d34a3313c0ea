"""Service notices as a person writes them in the browser, and as others have written them, for the tests to share."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from services.actions.notices import Announcement, publish_notice
from services.models import NoticeKind, ServiceNotice

ADD = reverse("sla:notice-add")


def clock(instant) -> str:
    return f"{timezone.localtime(instant):%d.%m.%Y %H.%M}"


def minutes(count: int):
    return timezone.now() + timedelta(minutes=count)


def typed(service, **changes):
    values = {"kind": "fault", "title": "E-post er nede", "text": "Vi leter etter årsaken.", "services": [service.pk]}
    return values | {"starts": clock(minutes(-30)), "with_outage": "on"} | changes


def send(client, service, url=ADD, **changes):
    """Seen first, then sent."""
    shown = client.post(url, typed(service, **changes))
    return client.post(url, typed(service, **changes) | {"checked": shown.context["choice"]})


def published(service, kind=NoticeKind.FAULT, **changes) -> ServiceNotice:
    values = {"owners": [], "starts": minutes(-30), "title": "E-post er nede", "text": "Vi leter."} | changes
    return publish_notice(said=Announcement(kind=kind, services=[service], **values), by=None)
