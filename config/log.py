"""What the log says of those who were refused."""

import logging
from http import HTTPStatus

FOREIGN_HOST = "django.security.DisallowedHost"


class RefusalsInOneLine(logging.Filter):
    """Who may not open a page, or asks for a host that is not ours, is no fault of the code: what was asked is told.

    The way through the code is not.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN or record.name == FOREIGN_HOST:
            record.exc_info = record.exc_text = None
        return True
