"""What is saved, once and again: new, changed, the same; all or none; taken up after a crash."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from partnership import jobs
from partnership.models import Job, JobState
from sla.actions import imports as actions
from sla.actions.imports import discard_abandoned, open_import_job, remember_codes, save_import
from sla.imports import job as import_job
from sla.imports import staging
from sla.imports.mapping import Codes
from sla.imports.reading import Refused
from sla.models import Clock, Compliance, Import, ImportMapping, ImportState, Incident, Pause
from tests import make
from tests.sla.exports import EVERYTHING, export, known, prepared, updates

pytestmark = pytest.mark.django_db
WAITED = updates(
    "INC1", ("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Awaiting Vendor"), ("01-03-2016 11:00", "Active")
)
SOLVED = updates(
    "INC2", ("01-03-2016 08:30", "Active"), ("01-03-2016 10:00", "Resolved"), resolved_at="01-03-2016 10:00"
)
FILE = export(*WAITED, *SOLVED)


@pytest.fixture(autouse=True)
def _ground(settings, arendal):
    settings.LANGUAGE_CODE = "en"
    make.agreement((make.service("EPOST"), arendal))


def saved(content: bytes = FILE, codes: Codes | None = EVERYTHING) -> tuple[int, int, int, int]:
    one = prepared(content, codes)
    save_import(one=one, by=None)
    return one.added, one.changed, one.unchanged, one.left_out


def events() -> tuple[int, int]:
    """How much history incidents and their pauses have."""
    return tuple(apps.get_model("sla", name).objects.count() for name in ("IncidentEvent", "PauseEvent"))


def performed(one: Import) -> Job:
    return jobs.perform(open_import_job(one=one, by=None).pk)


def staged_schemas() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select nspname from pg_namespace where nspname like 'import\\_%'")
        return [name for (name,) in cursor.fetchall()]


def test_the_first_time_all_incidents_are_new():
    assert saved() == (2, 0, 0, 0)
    assert (Incident.objects.count(), Pause.objects.count(), events()) == (2, 1, (2, 1))


def test_the_second_time_nothing_changes_and_nothing_is_written_in_the_history():
    saved()
    before = list(Incident.objects.order_by("pk").values()), list(Pause.objects.values()), events()
    assert saved() == (0, 0, 2, 0)
    assert (list(Incident.objects.order_by("pk").values()), list(Pause.objects.values()), events()) == before


def test_only_what_changed_is_written():
    saved()
    solved_later = [row | {"resolved_at": "01-03-2016 10:30"} for row in SOLVED]
    assert saved(export(*WAITED, *solved_later)) == (0, 1, 1, 0)
    assert events() == (3, 1)


def test_changed_pauses_replace_those_before_and_the_incident_counts_as_changed():
    saved()
    later = [*WAITED[:2], WAITED[2] | {"sys_updated_at": "01-03-2016 12:00"}]
    assert saved(export(*later, *SOLVED)) == (0, 1, 1, 0)
    (pause,) = known("INC1").pauses.all()
    assert (pause.ended, Incident.objects.count(), events()) == (make.oslo(2016, 3, 1, 12, 0), 2, (2, 3))


def test_an_incident_that_no_longer_stands_in_the_file_stays():
    saved()
    assert saved(export(*WAITED)) == (0, 0, 1, 0)
    assert Incident.objects.count() == 2


def test_another_meaning_of_a_location_moves_the_incident(grimstad):
    saved()
    assert saved(codes=Codes({"*": "4202"}, {"*": "EPOST"})) == (0, 2, 0, 0)
    assert known("INC1").organisation == grimstad


def test_incidents_of_another_source_are_left_alone(arendal):
    other = make.incident(make.service("BRUKER"), arendal, make.oslo(2016, 3, 1, 8), external_id="INC1")
    saved()
    assert Incident.objects.filter(external_id="INC1").count() == 2
    other.refresh_from_db()
    assert other.opened == make.oslo(2016, 3, 1, 8)


def test_saving_is_all_or_nothing():
    one = prepared(FILE)
    with staging.staged(one.pk) as cursor:
        cursor.execute("update pauses set ended = started - interval '1 day'")
    with pytest.raises(IntegrityError, match="pause_ends_after_it_began"):
        save_import(one=one, by=None)
    assert (Incident.objects.count(), events(), one.touched.count()) == (0, (0, 0), 0)


def test_a_value_that_leads_nowhere_refuses_the_file_and_names_it():
    with pytest.raises(Refused, match=r"^These locations lead to no municipality: Location 1\.$"):
        prepared(FILE, Codes({"Location 2": "4203"}, {"*": "EPOST"}))
    with pytest.raises(Refused, match=r"^These categories lead to no service: Category 1\.$"):
        prepared(FILE, Codes({"*": "4203"}, {}))
    assert not Import.objects.exists()
    assert not ImportMapping.objects.exists()
    assert staged_schemas() == []


def test_a_value_of_its_own_wins_over_the_rest(grimstad):
    saved(codes=Codes({"*": "4203", "Location 1": "4202"}, {"*": "EPOST"}))
    assert known("INC1").organisation == grimstad


def test_a_missing_location_falls_under_the_rest_or_is_named_by_its_question_mark(grimstad):
    saved(export({"location": "?"}), Codes({"?": "4202", "*": "4203"}, {"*": "EPOST"}))
    assert known("INC1").organisation == grimstad


def test_a_whole_mapping_replaces_what_was_remembered():
    remember_codes(source="servicenow", codes=Codes({"Location 1": "4203"}, {"*": "EPOST"}), by=None)
    remember_codes(source="servicenow", codes=EVERYTHING, by=None)
    assert list(ImportMapping.objects.values_list("kind", "value")) == [("municipality", "*"), ("service", "*")]


def test_what_was_remembered_is_used_when_nothing_is_said():
    remember_codes(source="servicenow", codes=EVERYTHING, by=None)
    assert saved(codes=None) == (2, 0, 0, 0)


def test_a_municipality_without_an_organisation_is_taken_from_the_register():
    saved(codes=Codes({"*": "4204"}, {"*": "EPOST"}))
    assert known("INC1").organisation.name == "Kristiansand"


def test_the_job_saves_calculates_and_clears_up():
    one = prepared(FILE)
    job = performed(one)
    one.refresh_from_db()
    assert (job.state, one.state, staged_schemas(), one.touched.count()) == (JobState.DONE, ImportState.DONE, [], 0)
    assert job.result == {"added": 2, "changed": 0, "unchanged": 0, "left_out": 0}
    assert Clock.objects.count() == 4
    assert sum(Compliance.objects.values_list("counted", flat=True)) == 4


def test_only_what_was_touched_is_calculated():
    performed(prepared(FILE))
    first = set(Clock.objects.values_list("incident__external_id", "run"))
    performed(prepared(export(*WAITED, *[row | {"priority": "4 - Low"} for row in SOLVED])))
    second = set(Clock.objects.values_list("incident__external_id", "run"))
    assert {number for number, _run in first & second} == {"INC1"}
    assert {number for number, _run in second - first} == {"INC2"}


class Killed(BaseException):
    """What a killed worker leaves behind: nothing after this line ran."""


def killed(*_args, **_fields):
    raise Killed


@pytest.mark.parametrize(
    ("module", "name", "state"),
    [
        (actions.saving, "SAVE_PAUSES", ImportState.READ),
        (import_job, "recalculate", ImportState.SAVED),
        (import_job, "finish_import", ImportState.SAVED),
    ],
)
def test_a_job_killed_anywhere_goes_on_and_leaves_the_same_rows(monkeypatch, module, name, state):
    one = prepared(FILE)
    job = open_import_job(one=one, by=None)
    broken = "select pg_cancel_backend(pg_backend_pid())" if isinstance(getattr(module, name), str) else killed
    with monkeypatch.context() as patch:
        patch.setattr(module, name, broken)
        with pytest.raises((Killed, Exception)):
            jobs.perform(job.pk)
    one.refresh_from_db()
    assert one.state == state
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    assert jobs.perform(job.pk).state == JobState.DONE
    one.refresh_from_db()
    assert (one.state, Incident.objects.count(), Clock.objects.count(), events()) == ("done", 2, 4, (2, 1))


def test_a_file_whose_staging_was_lost_must_be_uploaded_again():
    one = prepared(FILE)
    with staging.staged(one.pk) as cursor:
        cursor.execute("truncate incidents")
    job = performed(one)
    assert (job.state, Incident.objects.count()) == (JobState.FAILED, 0)
    assert job.error == "The file has to be uploaded again; what was read of it is gone."


def test_a_file_that_nobody_saved_is_forgotten_after_a_week():
    one, kept = prepared(FILE), prepared(FILE)
    Import.objects.filter(pk=one.pk).update(created=one.created - actions.ABANDONED_AFTER)
    discard_abandoned(by=None)
    assert (list(Import.objects.all()), staged_schemas()) == ([kept], [f"import_{kept.pk}"])
