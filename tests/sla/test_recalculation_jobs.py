from django.core.management import call_command

from partnership import jobs
from partnership.models import Job, JobState
from sla.actions.recalculate import open_full_recalculation, open_recalculation
from sla.models import CalculationRun, Clock, Incident
from sla.tasks import recalculate_everything
from tests import make
from tests.make import oslo


def two_incidents(arendal, grimstad) -> list[Incident]:
    service = make.service()
    make.agreement((service, arendal), (service, grimstad))
    return [make.incident(service, owner, oslo(2026, 1, 5, 9)) for owner in (arendal, grimstad)]


def test_a_job_calculates_everything_and_says_how_much(arendal, grimstad, administrator):
    two_incidents(arendal, grimstad)

    job = jobs.perform(open_full_recalculation(by=administrator).pk)

    run = CalculationRun.objects.get()
    assert job.state == JobState.DONE
    assert job.result == {"run": run.pk, "incidents": 2, "clocks": 4, "changes": 0}
    assert (run.by, run.is_full) == (administrator, True)


def test_a_job_after_a_change_calculates_the_pairs_it_touched(arendal, grimstad, administrator):
    first, _second = two_incidents(arendal, grimstad)

    job = jobs.perform(
        open_recalculation(pairs=[(first.service_id, arendal.pk)], by=administrator, cause="Ny avtale").pk
    )

    assert job.result["incidents"] == 1
    assert set(Clock.objects.values_list("incident", flat=True)) == {first.pk}


def test_everything_runs_once_however_often_it_is_asked_for_but_each_change_runs(db):
    assert open_full_recalculation(by=None) == open_full_recalculation(by=None)
    assert open_recalculation(pairs=[(1, 1)], by=None, cause="") != open_recalculation(
        pairs=[(1, 1)], by=None, cause=""
    )


def test_at_night_everything_is_sent_to_a_worker(arendal, grimstad):
    two_incidents(arendal, grimstad)
    recalculate_everything.app.conf.task_always_eager = True
    try:
        recalculate_everything()
    finally:
        recalculate_everything.app.conf.task_always_eager = False

    assert Job.objects.get().state == JobState.DONE
    assert Clock.objects.count() == 4


def test_the_command_calculates_everything(arendal, grimstad, capsys):
    two_incidents(arendal, grimstad)

    call_command("recalculate_sla")

    assert Clock.objects.count() == 4
    assert capsys.readouterr().out.count("\n") == 1
