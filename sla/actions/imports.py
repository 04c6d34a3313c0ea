"""A service desk's file on its way in: read into staging, mapped, saved in one go, its service levels calculated."""

from collections.abc import Mapping
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.actions.organisations import organisation_of
from partnership.history import recorded
from partnership.jobs import open_job
from partnership.models import Job, Municipality, Organisation, User
from services.models import Service
from sla.imports import saving, staging
from sla.imports.formats import FORMATS, detect
from sla.imports.mapping import Codes, refuse_unmapped
from sla.imports.reading import Refused, Rows
from sla.models import Import, ImportMapping, ImportState, MappingKind

ABANDONED_AFTER = timedelta(days=7)
MEGABYTE = 1_000_000
JOB_KIND = "incident-import"

type Meaning = Organisation | Service | None
type Meanings = Mapping[tuple[str, str], Meaning]


def refuse_too_large(size: int) -> None:
    if size > settings.IMPORT_LIMIT_BYTES:
        limit = settings.IMPORT_LIMIT_BYTES // MEGABYTE
        raise Refused(_("The file is larger than %(limit)s MB, the most that is imported at once.") % {"limit": limit})


@recorded
def read_file(*, file: BinaryIO, name: str, size: int, by: User | None) -> Import:
    """Reads a file into staging, where it waits to be saved. `Refused` when the file as a whole cannot be used."""
    refuse_too_large(size)
    discard_abandoned(by=by)
    rows = Rows(file)
    layout = detect(rows.header)
    one = Import.objects.create(source=layout.key, file_name=name, by=by)
    staging.make_room(one.pk)
    with staging.staged(one.pk) as cursor:
        staging.fill(cursor, one, rows, layout)
    one.save()
    return one


@recorded
def discard_abandoned(*, by: User | None) -> None:
    """Files that nobody has saved within a week are forgotten, with what was staged of them."""
    oldest = timezone.now() - ABANDONED_AFTER
    for one in Import.objects.filter(state=ImportState.READ, created__lt=oldest):
        discard(one=one, by=by)


@recorded
def discard(*, one: Import, by: User | None) -> None:
    staging.clear(one.pk)
    one.delete()


@recorded
def remember(*, source: str, meanings: Meanings, by: User | None) -> None:
    """Keeps what values at a source mean. None forgets one, which then falls under `*`."""
    known = {(row.kind, row.value): row for row in ImportMapping.objects.filter(source=source)}
    for key, meaning in meanings.items():
        row = known.get(key)
        if meaning is None:
            if row:
                row.delete()
        elif row is None or meaning.pk not in (row.organisation_id, row.service_id):
            _write_meaning(source, key, meaning)


def _write_meaning(source: str, key: tuple[str, str], meaning: Organisation | Service) -> None:
    kind, value = key
    target = {"organisation" if kind == MappingKind.MUNICIPALITY else "service": meaning}
    ImportMapping.objects.update_or_create(source=source, kind=kind, value=value, defaults=target)


@recorded
def remember_codes(*, source: str, codes: Codes, by: User | None) -> None:
    """Keeps a whole mapping in the place of what was known; missing organisations are made from the register."""
    rows = Municipality.objects.in_bulk(set(codes.municipality.values()))
    places = {number: organisation_of(municipality=row, by=by) for number, row in rows.items()}
    services = {row.code: row for row in Service.objects.filter(code__in=codes.service.values())}
    meanings: dict[tuple[str, str], Meaning] = dict.fromkeys(
        ImportMapping.objects.filter(source=source).values_list("kind", "value")
    )
    meanings |= {(MappingKind.MUNICIPALITY, value): places[number] for value, number in codes.municipality.items()}
    meanings |= {(MappingKind.SERVICE, value): services[code] for value, code in codes.service.items()}
    remember(source=source, meanings=meanings, by=by)


@recorded
def prepare_import(
    *, file: BinaryIO, name: str, size: int, source: str, codes: Codes | None, by: User | None
) -> Import:
    """A file that only waits to be saved: read, and every value in it mapped. Refused leaves nothing behind."""
    one = read_file(file=file, name=name, size=size, by=by)
    if one.source != source:
        raise Refused(_("The file is an export from %(name)s.") % {"name": FORMATS[one.source].name})
    if codes is not None:
        remember_codes(source=one.source, codes=codes, by=by)
    with staging.staged(one.pk) as cursor:
        refuse_unmapped(saving.unmapped(cursor, one))
    return one


@recorded
def open_import_job(*, one: Import, by: User | None) -> Job:
    """The job that saves a file and calculates what it touches; an unfinished one is the same job."""
    one.job = open_job(kind=JOB_KIND, key=str(one.pk), by=by, arguments={"import": one.pk})
    one.save(update_fields=["job"])
    return one.job


@recorded
def save_import(*, one: Import, by: User | None) -> None:
    """Saves the incidents of a file, all or none, and notes which were touched. Again: does nothing."""
    locked = Import.objects.select_for_update().get(pk=one.pk)
    if locked.is_read:
        locked.added, locked.changed = _save(locked)
        locked.state = ImportState.SAVED
        locked.save()
    one.refresh_from_db()


def _save(one: Import) -> tuple[int, int]:
    if not staging.is_there(one.pk):
        raise Refused(_("The file has to be uploaded again; what was read of it is gone."))
    with staging.staged(one.pk) as cursor:
        if staging.readable(cursor) < one.readable:
            raise Refused(_("The file has to be uploaded again; what was read of it is gone."))
        refuse_unmapped(saving.unmapped(cursor, one))
        return saving.save(cursor, one)


@recorded
def finish_import(*, one: Import, by: User | None) -> None:
    """After the calculation of what was touched: what was kept for it goes."""
    one.touched.all().delete()
    staging.clear(one.pk)
    Import.objects.filter(pk=one.pk).update(state=ImportState.DONE)
    one.refresh_from_db()
