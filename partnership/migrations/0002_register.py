"""Every database knows the 357 municipalities of 1 January 2024 (partnership/data/README.md)."""

import csv
from decimal import Decimal
from pathlib import Path

from django.db import migrations

REGISTER = Path(__file__).parent.parent / "data" / "municipalities.csv"
LANGUAGE_FORMS = {"Bokmål": "nb", "Nynorsk": "nn", "Nøytral": "neutral"}


def read_register():
    with REGISTER.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def add_municipalities(apps, schema_editor):
    municipality = apps.get_model("partnership", "Municipality")
    municipality.objects.bulk_create(
        municipality(
            number=row["number"],
            name=row["name"],
            official_name=row["official_name"],
            county=row["county"],
            population=int(row["population"]),
            area_km2=Decimal(row["area_km2"]),
            language_form=LANGUAGE_FORMS[row["language_form"]],
            organisation_number=row["organisation_number"],
        )
        for row in read_register()
    )


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_first_rooms")]

    operations = [migrations.RunPython(add_municipalities, migrations.RunPython.noop, elidable=False)]
