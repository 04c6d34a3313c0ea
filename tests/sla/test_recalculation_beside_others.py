import threading

import pytest
from django.db import connection, transaction

from sla.models import CalculationRun, Clock, Compliance, Incident
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo
from tests.sla.winter import NOW, everything, scatter


def test_a_run_that_is_broken_off_leaves_the_rows_of_before(places, agreed):
    scatter(places, 30)
    recalculate(as_of=NOW)
    before = everything()
    Incident.objects.update(resolved=None)

    def break_off(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    for incidents in (None, Incident.objects.all()):
        with pytest.raises(KeyboardInterrupt):
            recalculate(incidents=incidents, as_of=NOW, progress=break_off)

    assert everything() == before
    assert CalculationRun.objects.count() == 1


def test_the_table_keeps_its_key_and_index_through_a_full_run(places, agreed):
    before = indexes()
    recalculate()
    recalculate()

    assert indexes() == before


def indexes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select substring(pg_get_indexdef(indexrelid) from ' USING .*') || indisunique || indisprimary "
            "from pg_index join pg_inherits on inhrelid = indrelid where inhparent = 'sla_clock'::regclass order by 1"
        )
        return [row[0] for row in cursor.fetchall()]


def test_readers_never_see_less_than_everything(committed_places):
    make.agreement(*committed_places)
    scatter(committed_places, 40)
    recalculate(as_of=NOW)
    expected = (Clock.objects.count(), Compliance.objects.count())
    seen, over = set(), threading.Event()

    def read() -> None:
        while not over.is_set():
            seen.add((Clock.objects.count(), Compliance.objects.count()))
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(10):
        recalculate(as_of=NOW)
    over.set()
    reader.join()

    assert seen == {expected}


def test_an_import_beside_a_full_run_loses_nothing(committed_places):
    make.agreement(*committed_places)
    scatter(committed_places, 20)
    read, imported = threading.Event(), threading.Event()

    def run_in_full() -> None:
        def pause_after_reading(_done: int, _total: int) -> None:
            read.set()
            imported.wait(10)

        recalculate(as_of=NOW, progress=pause_after_reading)
        connection.close()

    runner = threading.Thread(target=run_in_full)
    runner.start()
    read.wait(10)
    late = make.incident(*committed_places[0], oslo(2026, 1, 5, 9), resolved=oslo(2026, 1, 5, 10))
    imported.set()
    with transaction.atomic():
        recalculate(incidents=Incident.objects.filter(pk=late.pk), as_of=NOW)
    runner.join()

    together = everything()
    recalculate(as_of=NOW)
    assert Clock.objects.filter(incident=late).count() == 2
    assert everything() == together
