"""Imports outages and maintenance windows from a file, and calculates the availability that they touch."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sla.actions.outages import Saved, import_outages
from sla.imports.reading import Refused
from sla.outages import files
from sla.words import outages as words

PRINTED_PROBLEMS = 50
HELP = f"""\
Import outages and planned maintenance from a CSV file, and calculate the availability that they touch.

{files.__doc__}
A row that cannot be used is told with its line and reason, and then nothing of the file is saved. Importing again
changes what the file says otherwise and leaves the rest alone. Whether an outage was planned stays as a person decided
it afterwards, whatever the file says."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *arguments: Any, **options: Any) -> Any:
        return super().create_parser(*arguments, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as content:
                saved, problems = import_outages(file=content, by=None)
        except OSError as error:
            why = {"file": error.filename, "reason": error.strerror}
            raise CommandError(_("%(file)s cannot be read: %(reason)s.") % why) from error
        except Refused as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        if saved is None:
            raise CommandError("\n".join([f"{file}: {_('nothing is saved.')}", *self._told(problems)]))
        self._tell(file, saved)

    def _told(self, problems: list[files.Problem]) -> list[str]:
        lines = [str(problem) for problem in problems[:PRINTED_PROBLEMS]]
        if (more := len(problems) - PRINTED_PROBLEMS) > 0:
            lines.append(ngettext("And %(count)s more line.", "And %(count)s more lines.", more) % {"count": more})
        return lines

    def _tell(self, file: Path, saved: Saved) -> None:
        counts = {"added": saved.created, "changed": saved.changed, "unchanged": saved.unchanged}
        told = _("%(added)s new, %(changed)s changed, %(unchanged)s unchanged.") % counts
        self.stdout.write(f"{file.name}: {told}")
        for outage in saved.kept:
            self.stdout.write(words.kept(outage))
