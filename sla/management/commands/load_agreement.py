"""Loads a service agreement from a JSON file, and calculates the service levels that it touches."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partnership.models import Organisation
from services.models import Service
from sla.actions.loading import Loaded, load_agreement
from sla.agreement_files import BadAgreement, Commitments, read_agreement
from sla.imports.mapping import listed
from sla.management.days import a_day

HELP = """\
Load a service agreement from JSON, and calculate the service levels that it touches.

The file holds tz, weekly, holidays, targets, wanted, good_enough, municipality and service; the last two lead from
what a service desk writes to municipality numbers and service codes, and each of those is covered by the agreement.
Municipalities come from the register and services are made as needed. Without holidays the Norwegian public ones
close; wanted is 0.90 and good_enough 0.80 unless they are given.

A version in force on the day given is ended the day before. Loading again from the same day changes the version that
begins then until it has judged anything; from then on it stands, the same file changes nothing, and another is refused.
A day before a version that is known makes one that holds until that begins. What the version in force covered and the
file does not name loses its agreement, and is told. Nothing is saved if anything is wrong.

An incident counts in a month of Norwegian local time, whatever tz says: tz is the clock of the opening hours."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *arguments: Any, **options: Any) -> Any:
        return super().create_parser(*arguments, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("config", type=Path, metavar="CONFIG.json")
        parser.add_argument("--from", required=True, metavar="DATE", dest="day", help="YYYY-MM-DD")

    def handle(self, *, config: Path, day: str, **options: Any) -> None:
        first_day = a_day(day, "--from")
        try:
            commitments = read_agreement(config.read_text(encoding="utf-8-sig"))
            self._warn(config, commitments)
            loaded = load_agreement(commitments=commitments, first_day=first_day, by=None)
        except OSError as error:
            raise CommandError(f"{config}: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(_("%(file)s is not UTF-8 text.") % {"file": config}) from error
        except BadAgreement as error:
            raise CommandError(f"{config}: {error}") from error
        except ValidationError as error:
            raise CommandError(f"{config}: {' '.join(error.messages)}") from error
        values = {"version": loaded.version, "day": first_day.isoformat()}
        self.stdout.write(_("%(version)s holds from %(day)s.") % values)
        self._tell_lost(loaded)

    def _tell_lost(self, loaded: Loaded) -> None:
        services = Service.objects.in_bulk([service for service, _owner in loaded.lost])
        owners = Organisation.objects.in_bulk([owner for _service, owner in loaded.lost])
        if names := [f"{services[service].code} ({owners[owner]})" for service, owner in loaded.lost]:
            self.stderr.write(_("No longer covered by any agreement: %(pairs)s.") % {"pairs": listed(names)})

    def _warn(self, config: Path, commitments: Commitments) -> None:
        for key in commitments.unknown:
            self.stderr.write(_("%(file)s: “%(key)s” is not known and is ignored.") % {"file": config, "key": key})
