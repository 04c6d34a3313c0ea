"""The rules of the whole house."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

from config.celery import app as celery_app

ROOT = Path(settings.BASE_DIR)
OURS = ("partnership", "services", "sla", "benefits", "reports", "portal")
SHARED_BY_ALL = {"partnership.Municipality"}
"""The public register: read by whoever is logged in."""
WITHOUT_HISTORY = {"partnership.Municipality", "partnership.Job", "sla.Import", "sla.InboxMessage"}
"""The register comes with the product; a job, an import and a message are the traces of themselves."""
PARTS_OF_AN_IMPORT = {"sla.ImportProblem", "sla.ImportTouched"}
"""Fetched through their import, which answers for them."""
CALCULATED = {"sla.Availability", "sla.CalculationRun", "sla.ChangedFigure", "sla.Clock", "sla.Compliance"}
DERIVED = CALCULATED | PARTS_OF_AN_IMPORT
"""Calculated anew from other rows; they name their run or file instead of having a history."""
TEMPLATES_BY_CONVENTION = ("django/", "django_tables2/", "account/", "allauth/", "drf_spectacular/", "4", "500")


def our_models() -> list[type[models.Model]]:
    every = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return [model for model in every if not hasattr(model, "pgh_tracked_model")]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_answers_which_rows_exist_for_a_person(model: type[models.Model]):
    assert model._meta.label in SHARED_BY_ALL | PARTS_OF_AN_IMPORT or hasattr(model._default_manager, "visible_to")


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_has_a_history_unless_it_is_derived(model: type[models.Model]):
    tracked = any(
        getattr(event, "pgh_tracked_model", None) is model for event in apps.get_models(include_auto_created=True)
    )
    assert tracked != (model._meta.label in WITHOUT_HISTORY | DERIVED)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_says_what_its_row_is(model: type[models.Model]):
    assert "__str__" in vars(model)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_that_says_what_it_does():
    names = [path.stem for app in OURS for path in (ROOT / app).glob("migrations/[0-9]*.py")]
    assert [name for name in names if "auto" in name] == []


@pytest.mark.django_db  # importing tasks checks the models against the database
def test_every_beat_entry_names_a_task():
    celery_app.loader.import_default_modules()
    entries = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert entries - set(celery_app.tasks) == set()


def sources() -> str:
    """Code and pages; the style guide among the tests uses every component there is."""
    files = [path for app in (*OURS, "kit", "config", "tests") for path in (ROOT / app).rglob("*.py")]
    pages = [path for app in ("templates", "tests") for path in (ROOT / app).rglob("*.html")]
    return "\n".join(path.read_text() for path in [*files, *pages])


def test_no_template_is_unused():
    text = sources()
    names = [str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*")]
    unused = [name for name in names if name not in text and not name.startswith(TEMPLATES_BY_CONVENTION)]
    assert unused == []


def test_no_template_is_longer_than_100_lines():
    long = {path.name for path in (ROOT / "templates").rglob("*.html") if len(path.read_text().splitlines()) > 100}
    assert long == set()


def test_no_template_holds_a_style_or_a_script():
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", re.IGNORECASE)
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "reports/print" not in str(path)]
    assert [str(path) for path in pages if inline.search(path.read_text())] == []


def test_no_file_of_ours_is_longer_than_300_lines():
    files = [path for app in (*OURS, "kit", "config", "script") for path in (ROOT / app).rglob("*.py")]
    code = [path for path in files if "migrations" not in path.parts]
    assert [str(path) for path in code if len(path.read_text().splitlines()) > 300] == []


def test_the_floors_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_word_is_translated():
    done = subprocess.run(
        [ROOT / "script" / "messages", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
