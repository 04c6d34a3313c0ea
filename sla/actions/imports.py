"""A service desk's file on its way in: read into staging, mapped, saved in one go, its service levels calculated."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.actions.organisations import organisation_of
from partnership.history import recorded
from partnership.jobs import open_job
from partnership.models import Job, Municipality, Organisation, User
from services.models import Service
from sla.imports import saving, staging
from sla.imports.formats import FORMATS, detect, name_of, wrong_header
from sla.imports.mapping import Codes, places_of, refuse_unmapped
from sla.imports.reading import Refused, Rows
from sla.imports.workbook import Sheet, is_workbook
from sla.models import Import, ImportLayout, ImportMapping, ImportState, MappingKind

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
def read_file(*, file: BinaryIO, name: str, size: int, by: User | None, source: str = "") -> Import:
    """Reads a file into staging, where it waits to be saved. `Refused` when the file as a whole cannot be used.

    A list with columns of its own has them read as they were the last time, where it is known whose they are, or said
    by `source`; otherwise it waits without a source until `choose_columns`.
    """
    refuse_too_large(size)
    discard_abandoned(by=by)
    rows = Sheet(file) if is_workbook(file) else Rows(file)
    layout = detect(rows)
    one = Import.objects.create(source=layout.key if layout else "", file_name=name, by=by)
    staging.make_room(one.pk)
    with staging.staged(one.pk) as cursor:
        if layout and isinstance(rows, Rows):
            staging.fill(cursor, one, rows, layout)
        else:
            staging.keep(cursor, one, rows)
    one.save()
    if layout is None and (known := _known_layout(one.header, source)):
        choose_columns(one=one, source=known.source, columns=_places(known, one.header), by=by)
    return one


def _known_layout(header: Sequence[str], source: str) -> ImportLayout | None:
    """The one that has most of its columns in this header, of those that have all, each once; None where two have."""
    once = {name for name, times in Counter(header).items() if name and times == 1}
    known = ImportLayout.objects.filter(source=source) if source else ImportLayout.objects.all()
    fitting = [row for row in known if set(row.columns.values()) <= once]
    most = max((len(row.columns) for row in fitting), default=0)
    best = [row for row in fitting if len(row.columns) == most]
    return best[0] if len(best) == 1 else None


def _places(layout: ImportLayout, header: Sequence[str]) -> dict[str, int]:
    return {name: header.index(column) for name, column in layout.columns.items()}


@recorded
def choose_columns(*, one: Import, source: str, columns: Mapping[str, int], by: User | None) -> Import:
    """What the columns of a list are, by their places from 0; remembered for the source by what they are called.

    ValidationError for a source that is the name of a format of ours, and for a file that is being saved, or gone.
    """
    if source in FORMATS:
        words = _("“%(source)s” is read by its own columns. Give this list another name.")
        raise ValidationError({"source": ValidationError(words, params={"source": source})})
    _refuse_under_way(one)
    one.source, one.columns = source, dict(columns)
    one.full_clean(exclude={field.name for field in one._meta.fields} - {"source"})
    with staging.staged(one.pk) as cursor:
        if not staging.is_kept(cursor, one):
            raise ValidationError(_("The file has to be uploaded again; what was read of it is gone."))
        staging.derive_list(cursor, one)
    one.save()
    named = {name: one.header[place] for name, place in columns.items()}
    ImportLayout.objects.update_or_create(source=source, defaults={"columns": named})
    return one


def _refuse_under_way(one: Import) -> None:
    """Locks the file, so that nobody saves it meanwhile."""
    now = Import.objects.select_for_update(of=("self",)).select_related("job").get(pk=one.pk)
    if not now.is_read or (now.job and not now.job.is_finished):
        raise ValidationError(_("The file is being saved, or is saved already."))


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
    *,
    file: BinaryIO,
    name: str,
    size: int,
    source: str,
    codes: Codes | None,
    columns: Mapping[str, str] | None = None,
    by: User | None,
) -> Import:
    """A file that only waits to be saved: read, and every value in it mapped. Refused leaves nothing behind.

    `columns` says what the columns of a list are called, where that is not known from last time.
    """
    one = read_file(file=file, name=name, size=size, by=by, source=source)
    if one.header and source in FORMATS:
        raise Refused(wrong_header(FORMATS[source], one.header))
    if columns is not None and one.header:
        _choose_named(one, source, columns, by)
    if not one.source:
        raise Refused(_("The columns of the file are not those of %(source)s.") % {"source": name_of(source)})
    if one.source != source:
        raise Refused(_("The file is an export from %(name)s.") % {"name": name_of(one.source)})
    if codes is not None:
        remember_codes(source=one.source, codes=codes, by=by)
    with staging.staged(one.pk) as cursor:
        refuse_unmapped(saving.unmapped(cursor, one))
    return one


def _choose_named(one: Import, source: str, columns: Mapping[str, str], by: User | None) -> None:
    try:
        choose_columns(one=one, source=source, columns=places_of(columns, one.header), by=by)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


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
