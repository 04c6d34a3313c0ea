"""Errors of the REST door as problem documents (RFC 9457), in the reader's language."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as Refusal
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.exceptions import PermissionDenied as NotAllowed
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.status import HTTP_413_REQUEST_ENTITY_TOO_LARGE
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"
MEGABYTE = 1_000_000


class TooLarge(APIException):
    """Django turned the body away before it was read."""

    status_code = HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self) -> None:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        super().__init__(_("The request is larger than %(limit)s MB.") % {"limit": limit})


def problem_document(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's answer turned into type, title and status; what is wrong with the input stands in `errors`."""
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if isinstance(error, Refusal):  # of an action
        error = ValidationError(as_serializer_error(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    problem = error if isinstance(error, APIException) else NotFound()
    if isinstance(error, PermissionDenied):
        problem = NotAllowed()
    response.data = _document(problem, response)
    response.content_type = PROBLEM
    return response


def _document(problem: APIException, response: Response) -> dict[str, Any]:
    document: dict[str, Any] = {
        "type": f"urn:fellesgrep:problem:{problem.default_code}",
        "title": str(problem.default_detail if isinstance(problem, ValidationError) else problem.detail),
        "status": response.status_code,
    }
    return document | {"errors": response.data} if isinstance(problem, ValidationError) else document
