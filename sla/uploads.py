"""Bodies too large to be anybody's business, turned away before a byte of them is kept."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from partnership import access
from partnership.access import Permission

TOLD_IN_WORDS = 2
"""A file over the limit but under this many times it is read, so that the form can say what is wrong with it."""


class LargeFilesFromImportersOnly(FileUploadHandler):
    """Stands first among the handlers: the next ones write what they get to the disk, long before any form looks."""

    request: HttpRequest

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *rest: Any) -> None:
        if content_length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return
        may_import = access.holds(self.request.user, Permission.IMPORT_INCIDENTS)
        if not may_import or content_length > settings.IMPORT_LIMIT_BYTES * TOLD_IN_WORDS:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
