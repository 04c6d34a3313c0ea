"""How a service notice leaves: by e-mail, and by whatever else an installation has, such as SMS.

NOTICE_CHANNELS names the classes. Another channel is a class with these three; it keeps its own address and secret in
the environment. SMS is for those whose work phone is known, and costs money, so it is no part of the product.
"""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

from partnership.models import User


class Channel(Protocol):
    """`key` stands in the letters that are to leave by it, and never changes."""

    key: str

    def reaches(self, person: User) -> bool:
        """Whether the person has an address there."""
        ...

    def send(self, person: User, subject: str, body: str) -> None:
        """OSError, or an error of smtplib, where it did not leave and is to be tried again."""
        ...


class Email:
    key = "email"

    def reaches(self, person: User) -> bool:
        return bool(person.email)

    def send(self, person: User, subject: str, body: str) -> None:
        send_mail(subject, body, None, [person.email])


@cache
def channels() -> dict[str, Channel]:
    """By key, as the settings name them."""
    made: list[Channel] = [import_string(path)() for path in settings.NOTICE_CHANNELS]
    return {channel.key: channel for channel in made}
