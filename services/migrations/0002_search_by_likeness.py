from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """The catalogue is searched by likeness too: stemming misses brukere/bruker and compounds."""

    dependencies = [("services", "0001_first_rooms")]

    operations = [TrigramExtension()]
