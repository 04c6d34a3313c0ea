"""Monthly compliance as CSV on standard output, for other programs."""

import csv
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sla.management.days import a_month
from sla.models import Compliance

HEADER = ("municipality", "service", "priority", "metric", "month", "counted", "met")


class Command(BaseCommand):
    help = "Write monthly compliance as CSV to standard output: one row for each combination with a count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", type=a_month, required=True, metavar="YYYY-MM", dest="first")
        parser.add_argument("--to", type=a_month, required=True, metavar="YYYY-MM", dest="last")

    def handle(self, *, first: date, last: date, **options: Any) -> None:
        if last < first:
            raise CommandError(_("--to comes before --from."))
        self.stdout.ending = ""
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(Compliance.objects.in_months(first, last).export_rows())
