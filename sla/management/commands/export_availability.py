"""Monthly availability as CSV on standard output, for other programs."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from sla.availability.export import HEADER, export_rows
from sla.management.days import a_month
from sla.spans import Month


class Command(BaseCommand):
    help = (
        "Write availability as CSV to standard output: one row for each service, municipality and month of Norwegian "
        "local time with a target in force. Seconds are those of opening hours, also of months to come; an outage "
        "without an end goes on until now."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", required=True, metavar="YYYY-MM", dest="first")
        parser.add_argument("--to", required=True, metavar="YYYY-MM", dest="last")

    def handle(self, *, first: str, last: str, **options: Any) -> None:
        first_month, last_month = (
            Month(day.year, day.month) for day in (a_month(first, "--from"), a_month(last, "--to"))
        )
        if last_month < first_month:
            raise CommandError(_("--to comes before --from."))
        self.stdout.ending = ""
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(export_rows(first_month, last_month, timezone.now()))
