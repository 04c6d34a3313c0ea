"""The e-mail that tells a board member of a new report, in her own language."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partnership import languages
from reports.actions import note_sent
from reports.figures import thawed
from reports.findings.front import headline
from reports.models import Distribution
from reports.voice import quarter


def send(distribution: Distribution) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never."""
    edition, person = distribution.edition, distribution.person
    with translation.override(languages.of_user(person)):
        figures = thawed(edition.figures)
        context = {
            "person": person,
            "partnership": figures.head.partnership,
            "demo": figures.head.is_demonstration,
            "quarter": quarter(figures.head.period),
            "finding": headline(figures.service_levels),
            "link": settings.SITE_URL + reverse("reports:edition-detail", args=[edition.pk]),
        }
        subject = render_to_string("reports/mail/published_subject.txt", context).strip()
        body = render_to_string("reports/mail/published_message.txt", context)
    send_mail(subject, body, None, [person.email])
    note_sent(distribution=distribution, by=None)
