"""Monthly compliance as CSV on standard output, for other programs."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sla.management.days import a_month
from sla.models import Compliance

HEADER = ("municipality", "service", "priority", "metric", "month", "counted", "met")


class Command(BaseCommand):
    help = (
        "Write monthly compliance as CSV to standard output: one row for each combination with a count. "
        "Months are those of Norwegian local time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", required=True, metavar="YYYY-MM", dest="first")
        parser.add_argument("--to", required=True, metavar="YYYY-MM", dest="last")

    def handle(self, *, first: str, last: str, **options: Any) -> None:
        first_month, last_month = a_month(first, "--from"), a_month(last, "--to")
        if last_month < first_month:
            raise CommandError(_("--to comes before --from."))
        self.stdout.ending = ""
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(Compliance.objects.in_months(first_month, last_month).export_rows())
