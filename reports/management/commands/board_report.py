"""Makes a board report here and now, and writes its PDF; needs no worker."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.quarters import Quarter
from partnership import jobs
from partnership.models import Job, JobState
from reports.actions import open_draft_job
from reports.models import Edition
from reports.rendering import LANGUAGES


class Command(BaseCommand):
    help = "Draft the board report of a quarter, or take the one that is there, and write its PDF to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="such as 2026Q3; one that has ended, or the running one so far")
        parser.add_argument("--output", type=Path, required=True, help="where the PDF is written")
        parser.add_argument("--language", choices=LANGUAGES, default="nb")

    def handle(self, *, quarter: str, output: Path, language: str, **options: Any) -> None:
        asked = self._parsed(quarter)
        with _told_if_unwritable(output):
            _try(output)
        edition = self._edition(asked)
        with _told_if_unwritable(output):
            output.write_bytes(edition.renderings.of_board().get(language=language).pdf)
        values = {"quarter": edition, "file": output, "status": edition.get_status_display()}
        self.stderr.write(_("Board report %(quarter)s (%(status)s) is written to %(file)s.") % values)

    def _parsed(self, text: str) -> Quarter:
        try:
            quarter = Quarter.parse(text)
        except ValueError as error:
            words = _("%(text)s is not a quarter. Write the year, Q and a number from 1 to 4, such as 2026Q3.")
            raise CommandError(words % {"text": text}) from error
        running = Quarter.of(timezone.localdate())
        if quarter > running:
            words = _("%(quarter)s has not begun. The newest quarter that can be reported on is %(running)s.")
            raise CommandError(words % {"quarter": quarter, "running": running})
        return quarter

    def _edition(self, quarter: Quarter) -> Edition:
        """The one that is frozen or published, else a fresh draft."""
        known = Edition.objects.of(quarter).exclude(status="draft").first()
        if known and (not known.is_open or known.renderings.of_board().count() == len(LANGUAGES)):
            return known
        job: Job = jobs.perform(open_draft_job(quarter=quarter, by=None).pk)
        if job.state != JobState.DONE:
            raise CommandError(job.error or _("The report is being made elsewhere. Try again in a moment."))
        return Edition.objects.get(pk=job.result["edition"])


def _try(file: Path) -> None:
    """OSError where the file could not be written. One that is there is not touched, and none is left behind."""
    is_new = not file.exists()
    with file.open("ab"):
        pass
    if is_new:
        file.unlink()


@contextmanager
def _told_if_unwritable(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        values = {"file": file, "reason": error.strerror}
        raise CommandError(_("%(file)s cannot be written: %(reason)s.") % values) from error
