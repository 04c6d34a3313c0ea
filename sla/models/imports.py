"""Files from service desks on their way in: what a desk calls things, the file, and what was wrong with it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, SharedQuerySet
from partnership.history import tracked
from partnership.models import Job, Organisation, User
from services.models import Service
from sla.models.incidents import Incident

REST = "*"


class MappingKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    SERVICE = "service", _("service")


class ImportMappingQuerySet(SharedQuerySet["ImportMapping"]):
    seen_with = Permission.IMPORT_INCIDENTS


@tracked()
class ImportMapping(models.Model):
    """What a source calls a municipality or a service; `*` stands for every value without a row of its own."""

    source = models.CharField(_("source"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=MappingKind)
    value = models.CharField(_("value at the source"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    service = models.ForeignKey(
        Service, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("service")
    )

    objects = ImportMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mapping of a source")
        verbose_name_plural = _("mappings of sources")
        ordering = ["source", "kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "value"], name="source_value_means_one_thing"),
            models.CheckConstraint(
                condition=models.Q(kind="municipality", organisation__isnull=False, service__isnull=True)
                | models.Q(kind="service", organisation__isnull=True, service__isnull=False),
                name="mapping_leads_to_what_its_kind_says",
                violation_error_message=_("A location leads to an organisation, a category to a service."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} → {self.organisation or self.service}"


class ImportState(models.TextChoices):
    READ = "read", _("read, not saved")
    SAVED = "saved", _("saved, service levels not calculated yet")
    DONE = "done", _("done")


class ImportLayoutQuerySet(SharedQuerySet["ImportLayout"]):
    seen_with = Permission.IMPORT_INCIDENTS


class ImportQuerySet(SharedQuerySet["Import"]):
    seen_with = Permission.IMPORT_INCIDENTS


@tracked()
class ImportLayout(models.Model):
    """Which columns the lists of a source have, by name: remembered until the next time."""

    source = models.CharField(_("source"), max_length=40, unique=True)
    columns = models.JSONField(_("columns"), default=dict)

    objects = ImportLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("columns of a source")
        verbose_name_plural = _("columns of sources")
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source


class Import(models.Model):
    """One file. Read: it waits in a staging schema of its own. Saved: its incidents are ours, all in one go.

    Without a source it is a list of which nobody has said yet what the columns are.
    """

    source = models.CharField(_("source"), max_length=40, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by"))
    created = models.DateTimeField(_("uploaded"), default=timezone.now)
    header = ArrayField(models.TextField(), default=list, verbose_name=_("header"))
    columns = models.JSONField(_("columns"), default=dict)
    """Of a list with columns of its own: what an incident has, and the place of its column from 0."""
    state = models.CharField(_("state"), max_length=5, choices=ImportState, default=ImportState.READ)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    incidents = models.PositiveBigIntegerField(_("incidents in the file"), default=0)
    left_out = models.PositiveBigIntegerField(_("left out"), default=0)
    added = models.PositiveBigIntegerField(_("new"), default=0)
    changed = models.PositiveBigIntegerField(_("changed"), default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def readable(self) -> int:
        """Incidents of the file that can be saved."""
        return self.incidents - self.left_out

    @property
    def unchanged(self) -> int:
        return self.readable - self.added - self.changed

    @property
    def is_list(self) -> bool:
        """With columns of its own."""
        return bool(self.columns)

    @property
    def is_read(self) -> bool:
        return self.state == ImportState.READ

    @property
    def is_done(self) -> bool:
        return self.state == ImportState.DONE


class ProblemKind(models.TextChoices):
    """What can be wrong with an incident of a file. The first eight leave it out, the last three are only told."""

    MISSING = "missing", _("%(column)s is missing.")
    NOT_AN_INSTANT = "instant", _("%(column)s is “%(value)s”; a day, month, year, hour and minute were expected.")
    NOT_A_MOMENT = "moment", _("%(column)s is “%(value)s”; write 2026-04-01 08:00 or 01.04.2026 08:00.")
    NO_RANK = "rank", _("%(column)s is “%(value)s”; it should be a digit from 1 to 9, P1, or a word such as high.")
    UNREADABLE = "unreadable", _("%(column)s is “%(value)s”, which cannot be read.")
    NO_PRIORITY = "priority", _("%(column)s is “%(value)s”; it should begin with a digit from 1 to 9.")
    SOLVED_BEFORE_OPENED = "backwards", _("It was solved (%(value)s) before it was opened.")
    NOT_YET = "future", _("%(column)s is “%(value)s”, which has not been yet.")
    UNSOLVED = "unsolved", _("Its state is “%(value)s”, but it has no time of solution. It counts as unsolved.")
    SHIFTED = "shifted", _("%(column)s %(value)s does not exist (summer time begins). It was moved one hour forward.")
    REPEATED = "repeated", _("%(value)s stands on a later line too. The last one counts.")


TOLD_ONLY = (ProblemKind.UNSOLVED, ProblemKind.SHIFTED, ProblemKind.REPEATED)


class ImportProblemQuerySet(models.QuerySet["ImportProblem"]):
    def leaving_out(self) -> "ImportProblemQuerySet":
        return self.exclude(kind__in=TOLD_ONLY)

    def told_only(self) -> "ImportProblemQuerySet":
        return self.filter(kind__in=TOLD_ONLY)


class ImportProblem(models.Model):
    """Something wrong at a line of a file, for the person who has to mend it at the source."""

    source_file = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    line = models.PositiveBigIntegerField(_("line"))
    external_id = models.CharField(_("number at the source"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=ProblemKind)
    column = models.CharField(_("column"), max_length=40, blank=True)
    value = models.CharField(_("value"), max_length=80, blank=True)

    objects = ImportProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem in a file")
        verbose_name_plural = _("problems in files")
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return _("Line %(line)s, %(number)s: %(reason)s") % {
            "line": self.line,
            "number": self.external_id or "?",
            "reason": self.reason,
        }

    @property
    def reason(self) -> str:
        return str(ProblemKind(self.kind).label) % {"column": self.column, "value": self.value}

    @property
    def leaves_out(self) -> bool:
        return self.kind not in TOLD_ONLY


class ImportTouched(models.Model):
    """An incident that a saved import added or changed, until its service levels are calculated."""

    source_file = models.ForeignKey(Import, models.CASCADE, related_name="touched")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    is_new = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("incident touched by an import")
        verbose_name_plural = _("incidents touched by imports")
        constraints = [
            models.UniqueConstraint(fields=["source_file", "incident"], name="incident_touched_once_by_an_import")
        ]

    def __str__(self) -> str:
        return f"{self.source_file_id}: {self.incident_id}"
