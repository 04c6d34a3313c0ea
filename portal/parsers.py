"""What machines send, within bounds."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.parsers import JSONParser
from rest_framework.status import HTTP_413_REQUEST_ENTITY_TOO_LARGE

LIMIT_BYTES = 10_000_000


class TooLarge(APIException):
    status_code = HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is larger than %(limit)s MB.") % {"limit": LIMIT_BYTES // 1_000_000}
    default_code = "too_large"


class BoundedJSONParser(JSONParser):
    """Turns away what says it is too large before it is read; gunicorn reads no further than what was said."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        if int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > LIMIT_BYTES:
            raise TooLarge
        return super().parse(stream, media_type, parser_context)
