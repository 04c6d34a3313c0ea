"""Service notices: the failure of last week with its end, planned work to come, and words to begin with."""

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from kit.formats import OSLO
from portal.demonstration.days import meeting_day
from portal.demonstration.outages import SOURCE
from services.actions.notices import Announcement, write_template
from services.models import NoticeKind, NoticeLetter, NoticeMessage, Service, ServiceNotice
from sla.actions.announcing import announce, end, follow_up
from sla.actions.inbox import keep_message, read_message
from sla.models import Outage, Sender

TEMPLATES = [
    (
        "Tjeneste nede",
        NoticeKind.FAULT,
        "[Tjenesten] er nede",
        "[Tjenesten] svarer ikke. Vi leter etter årsaken. Det dere kan gjøre så lenge: [råd].",
    ),
    (
        "Planlagt oppgradering",
        NoticeKind.PLANNED,
        "Oppgradering av [tjenesten]",
        "Vi oppgraderer [tjenesten]. Den er ikke tilgjengelig mens arbeidet pågår. Lagre og logg ut før det starter.",
    ),
    (
        "Ustabil tjeneste",
        NoticeKind.FAULT,
        "[Tjenesten] er treg",
        "[Tjenesten] er treg eller faller ut i perioder. Vi arbeider med saken.",
    ),
]
DAYS_AHEAD = 2


def load(*, now: datetime, services: Mapping[str, Service]) -> None:
    for name, kind, title, text in TEMPLATES:
        write_template(template=None, name=name, kind=kind, title=title, text=text, by=None)
    _what_failed()
    _what_comes(now, services["SAK"])
    _what_monitoring_says(now)
    NoticeLetter.objects.update(sent_at=timezone.now())  # nobody is written to about what is loaded


def _what_failed() -> None:
    outage = Outage.objects.filter(title="E-post tok ikke imot fra eksterne").get()
    said = Announcement(
        kind=NoticeKind.FAULT,
        title=outage.title,
        text="Vi får ikke inn e-post fra utsiden. Intern e-post virker. Vi leter etter årsaken.",
        services=[hit.service for hit in outage.reach.select_related("service")],
        owners=[],
        starts=outage.started,
    )
    notice = announce(said=said, outage=outage, by=None)
    halfway = outage.started + timedelta(minutes=30)
    text = "Årsaken er funnet hos leverandøren. Vi venter at det er i orden innen en halvtime."
    follow_up(notice=notice, text=text, next_update=None, expected_end=None, by=None)
    text = "E-post kommer inn igjen. Meldinger som ble stoppet, blir levert i løpet av en time."
    end(notice=notice, text=text, ended=outage.ended, by=None)
    for message, at in zip(notice.messages.order_by("pk"), (outage.started, halfway, outage.ended), strict=True):
        NoticeMessage.objects.filter(pk=message.pk).update(at=at)
    ServiceNotice.objects.filter(pk=notice.pk).update(published_at=outage.started)


def _what_comes(now: datetime, service: Service) -> None:
    day = meeting_day(now.astimezone(OSLO).date() + timedelta(days=DAYS_AHEAD))
    starts = datetime.combine(day, time(16), OSLO)
    said = Announcement(
        kind=NoticeKind.PLANNED,
        title=f"Oppgradering av {service.name_nb.lower()}",
        text="Vi tar i bruk en ny versjon. Løsningen er ikke tilgjengelig mens arbeidet pågår.",
        services=[service],
        owners=[],
        starts=starts,
        expected_end=starts + timedelta(hours=4),
    )
    announce(said=said, with_outage=True, by=None)


def _what_monitoring_says(now: datetime) -> None:
    """Of something that nobody has said is a service, or is none."""
    at = f"{now - timedelta(hours=20):%Y-%m-%d %H:%M:%S}.000"
    name = "Skjermen i resepsjonen"
    beat = {"monitorID": 31, "status": 0, "time": at, "msg": "timeout", "important": True, "duration": 60}
    message = {"heartbeat": beat, "monitor": {"id": 31, "name": name}, "msg": f"[{name}] [Down] timeout"}
    kept = keep_message(sender=Sender.UPTIME_KUMA, source=SOURCE, body=json.dumps(message).encode(), by=None)
    read_message(message=kept, by=None)
