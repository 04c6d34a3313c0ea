"""Makes a board report here and now, and writes its PDF; needs no worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
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
        parser.add_argument("quarter", help="such as 2026Q3")
        parser.add_argument("--output", type=Path, required=True, help="where the PDF is written")
        parser.add_argument("--language", choices=LANGUAGES, default="nb")

    def handle(self, *, quarter: str, output: Path, language: str, **options: Any) -> None:
        edition = self._edition(self._parsed(quarter))
        try:
            output.write_bytes(edition.renderings.get(language=language).pdf)
        except OSError as error:
            values = {"file": output, "reason": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(reason)s.") % values) from error
        values = {"quarter": edition, "file": output, "status": edition.get_status_display()}
        self.stderr.write(_("Board report %(quarter)s (%(status)s) is written to %(file)s.") % values)

    def _parsed(self, text: str) -> Quarter:
        try:
            return Quarter.parse(text)
        except ValueError as error:
            words = _("%(text)s is not a quarter. Write the year, Q and a number from 1 to 4, such as 2026Q3.")
            raise CommandError(words % {"text": text}) from error

    def _edition(self, quarter: Quarter) -> Edition:
        """The one that is frozen or published, else a fresh draft."""
        known = Edition.objects.of(quarter).exclude(status="draft").first()
        if known and (not known.is_open or known.renderings.count() == len(LANGUAGES)):
            return known
        job: Job = jobs.perform(open_draft_job(quarter=quarter, by=None).pk)
        if job.state != JobState.DONE:
            raise CommandError(job.error or _("The report is being made elsewhere. Try again in a moment."))
        return Edition.objects.get(pk=job.result["edition"])
