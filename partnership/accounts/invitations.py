"""The e-mail that lets a new person in: a link to set the first password, in her own language."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partnership import languages
from partnership.models import Partnership, User

LOGGER = logging.getLogger("fellesgrep.invitations")


def password_link(person: User) -> str:
    """Works until it is used, the password or the e-mail address changes, or PASSWORD_RESET_TIMEOUT has passed."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)


def invite(person: User, *, by: User) -> bool:
    """Sends the link; False when the e-mail could not be sent, so that a person can be told and try again."""
    with translation.override(languages.of_user(person)):
        context = _words(person, by)
        subject = render_to_string("partnership/mail/invitation_subject.txt", context).strip()
        body = render_to_string("partnership/mail/invitation_message.txt", context)
    try:
        send_mail(subject, body, None, [person.email])
    except (SMTPException, OSError):
        LOGGER.exception("The invitation of person %s was not sent", person.pk)
        return False
    return True


def _words(person: User, by: User) -> dict[str, object]:
    return {
        "person": person,
        "by": by,
        "partnership": Partnership.objects.first(),
        "link": password_link(person),
        "reset_link": settings.SITE_URL + reverse("account_reset_password"),
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
    }
