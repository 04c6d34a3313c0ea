"""Loads the demonstration partnership into an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnership.models import Partnership
from portal.demonstration.load import DemonstrationError, NotEmptyError, load


class Command(BaseCommand):
    help = "Load the demonstration partnership (invented figures) into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a partnership")

    def handle(self, *, if_empty: bool, **options: Any) -> None:
        if if_empty and Partnership.objects.exists():
            return
        try:
            load(now=timezone.now(), tell=self.stdout.write)
        except (NotEmptyError, DemonstrationError) as error:
            raise CommandError(str(error)) from error
