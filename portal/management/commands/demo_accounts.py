"""Prints the demonstration's accounts, one for each role."""

from typing import Any

from django.core.management.base import BaseCommand

from partnership.access import Role
from partnership.models import Partnership
from portal.demonstration import cast


class Command(BaseCommand):
    help = "Print the accounts of the demonstration, one for each role; nothing where there is no demonstration."

    def handle(self, **options: Any) -> None:
        if not Partnership.objects.filter(is_demonstration=True).exists():
            return
        self.stdout.write(f"Demonstration accounts (password: {cast.PASSWORD})")
        shown: set[Role] = set()
        for person in cast.PEOPLE:
            if person.role not in shown:
                shown.add(person.role)
                place = cast.OWNERS.get(person.municipality, cast.NAME)
                self.stdout.write(f"  {person.email:<36} {person.role.label}, {place}")
