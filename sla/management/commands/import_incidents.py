"""Imports a service desk's export: saved in one transaction, service levels calculated when the command returns."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership import jobs
from partnership.models import JobState
from sla.actions.imports import open_import_job, prepare_import
from sla.imports.mapping import read_codes, read_columns
from sla.imports.reading import Refused
from sla.models import Import

PRINTED_PROBLEMS = 50


class Command(BaseCommand):
    help = (
        "Import incidents from a service desk's export, and calculate the service levels that they touch. What the "
        "file says of an incident replaces what was known of it, also when the file is an older one or holds fewer of "
        "its rows; incidents that the file does not name are left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", required=True, help="whose export the file is: servicenow, or a name of your own"
        )
        parser.add_argument("--columns", type=Path, help="JSON: what a list of your own calls its columns")
        parser.add_argument("--mapping", type=Path, help="JSON; without it, what was remembered from last time")

    def handle(self, *, file: Path, source: str, mapping: Path | None, columns: Path | None, **options: Any) -> None:
        try:
            one = self._prepare(file, source, mapping, columns)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        job = jobs.perform(open_import_job(one=one, by=None).pk)
        if job.state != JobState.DONE:
            raise CommandError(job.error or _("The import was cancelled."))
        one.refresh_from_db()
        self._tell(one)

    def _prepare(self, file: Path, source: str, mapping: Path | None, columns: Path | None) -> Import:
        try:
            known = {
                "codes": read_codes(_text(mapping)) if mapping else None,
                "columns": read_columns(_text(columns)) if columns else None,
            }
            with file.open("rb") as content:
                size = file.stat().st_size
                return prepare_import(file=content, name=file.name, size=size, source=source, by=None, **known)
        except OSError as error:
            words = {"file": error.filename, "reason": error.strerror}
            raise Refused(_("%(file)s cannot be read: %(reason)s.") % words) from error

    def _tell(self, one: Import) -> None:
        counts = {"added": one.added, "changed": one.changed, "unchanged": one.unchanged, "left_out": one.left_out}
        told = _("%(added)s new, %(changed)s changed, %(unchanged)s unchanged, %(left_out)s left out.")
        self.stdout.write(f"{one.file_name}: {told % counts}")
        problems = one.problems.all()
        for problem in problems[:PRINTED_PROBLEMS]:
            self.stdout.write(str(problem))
        if (more := problems.count() - PRINTED_PROBLEMS) > 0:
            self.stdout.write(ngettext("And %(count)s more line.", "And %(count)s more lines.", more) % {"count": more})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("The mapping %(file)s is not UTF-8 text.") % {"file": path}) from error
