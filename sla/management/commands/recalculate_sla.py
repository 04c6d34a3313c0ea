"""Calculates every clock and every month anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from sla.recalculation import recalculate


class Command(BaseCommand):
    help = "Calculate all service levels anew from incidents, agreements and calendars."

    def handle(self, **options: Any) -> None:
        run = recalculate()
        counts = {"incidents": run.incident_count, "clocks": run.clock_count}
        self.stdout.write(_("%(incidents)s incidents, %(clocks)s clocks.") % counts)
