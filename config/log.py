"""What the log says of those who were refused."""

import logging
from http import HTTPStatus


class RefusalsInOneLine(logging.Filter):
    """Somebody who may not open a page is no fault of the code: the address is told, not the way through the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
            record.exc_info = record.exc_text = None
        return True
