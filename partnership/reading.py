"""Who looked at whom: pages with a person's data are written to the log as they are read."""

import logging

from partnership.models import User

LOGGER = logging.getLogger("fellesgrep.reading")


def log_file(reader: User, page: str, people: int) -> None:
    """A file with the data of many."""
    LOGGER.info("reader=%s page=%s people=%s", reader.pk, page, people)


def log_reading(reader: User, page: str, person: User) -> None:
    LOGGER.info("reader=%s page=%s person=%s", reader.pk, page, person.pk)
