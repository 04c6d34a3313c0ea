"""What every letter has in common: a row for each that is to leave, sent one by one, noted when it has left."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, Self

from django.db import models

from partnership.models import Partnership

log = logging.getLogger(__name__)


STRANDED_AFTER = timedelta(minutes=5)


class LetterQuerySet[M: models.Model](models.QuerySet[M]):
    """Of a model with a `person` and `sent_at`, empty until it has left. `written_at` leads to when it was written."""

    written_at = ""
    given_up_after = timedelta(days=7)

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(person=user.pk)

    def unsent(self) -> Self:
        return self.filter(sent_at=None)

    def wanted(self, now: datetime) -> Self:
        """Unsent, and not for so long that nobody has use for it."""
        return self.unsent().filter(**{f"{self.written_at}__gte": now - self.given_up_after})

    def given_up(self, now: datetime) -> Self:
        return self.unsent().filter(**{f"{self.written_at}__lt": now - self.given_up_after})

    def stranded(self, now: datetime) -> Self:
        """Unsent for longer than the ordinary way takes."""
        return self.wanted(now).filter(**{f"{self.written_at}__lte": now - STRANDED_AFTER})


def send_each[T](letters: Iterable[T], send: Callable[[T], None]) -> None:
    """A letter that does not leave keeps nobody else waiting. The server's last failure is raised when all have been
    tried: they may be tried again later.
    """
    failure: OSError | None = None
    for letter in letters:
        try:
            send(letter)
        except SMTPRecipientsRefused:
            log.warning("%s of %r was refused by the mail server.", send.__qualname__, letter)
        except OSError as error:
            log.warning("%s of %r did not leave: %s", send.__qualname__, letter, error)
            failure = error
        except Exception:
            log.exception("%s of %r cannot be sent as it is.", send.__qualname__, letter)
    if failure:
        raise failure


def one_line(text: str) -> str:
    """For a subject: a line break in what somebody has called something would stop its letter."""
    return " ".join(text.split())


def is_demonstration() -> bool:
    """Whether a letter has to say that its figures are invented."""
    return Partnership.objects.filter(is_demonstration=True).exists()
