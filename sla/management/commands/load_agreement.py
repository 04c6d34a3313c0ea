"""Loads a service agreement from a JSON file, and calculates the service levels that it touches."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sla.actions.loading import load_agreement
from sla.agreement_files import BadAgreement, Commitments, read_agreement
from sla.management.days import a_day

HELP = """\
Load a service agreement from JSON, and calculate the service levels that it touches.

The file holds tz, weekly, holidays, targets, wanted, good_enough, municipality and service; the last two lead from
what a service desk writes to municipality numbers and service codes, and each of those is covered by the agreement.
Municipalities come from the register and services are made as needed. Without holidays the Norwegian public ones
close; wanted is 0.90 and good_enough 0.80 unless they are given.

A version in force on the day given is ended the day before. Loading again from the same day changes the version that
begins then; a day before a version that is known makes one that holds until that begins. Nothing is saved if anything
is wrong."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *arguments: Any, **options: Any) -> Any:
        return super().create_parser(*arguments, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("config", type=Path, metavar="CONFIG.json")
        parser.add_argument("--from", type=a_day, required=True, metavar="DATE", dest="first_day", help="YYYY-MM-DD")

    def handle(self, *, config: Path, first_day: date, **options: Any) -> None:
        try:
            commitments = read_agreement(config.read_text(encoding="utf-8-sig"))
            self._warn(config, commitments)
            version = load_agreement(commitments=commitments, first_day=first_day, by=None)
        except OSError as error:
            raise CommandError(f"{config}: {error.strerror}.") from error
        except (BadAgreement, UnicodeDecodeError) as error:
            raise CommandError(f"{config}: {error}") from error
        except ValidationError as error:
            raise CommandError(f"{config}: {' '.join(error.messages)}") from error
        self.stdout.write(_("%(version)s holds from %(day)s.") % {"version": version, "day": first_day.isoformat()})

    def _warn(self, config: Path, commitments: Commitments) -> None:
        for key in commitments.unknown:
            self.stderr.write(_("%(file)s: “%(key)s” is not known and is ignored.") % {"file": config, "key": key})
