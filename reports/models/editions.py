"""Editions of a report: their figures, what they look like in each language, and what people wrote in them."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.quarters import Quarter
from partnership.history import tracked
from partnership.models import Organisation, User
from reports.querysets import EditionQuerySet, OfEditionQuerySet, RenderingQuerySet


class Kind(models.TextChoices):
    BOARD = "board", _("board report")


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    FROZEN = "frozen", _("frozen")
    PUBLISHED = "published", _("published")


class SectionKey(models.TextChoices):
    """The sections that people may comment on."""

    FRONT = "front", _("The report in brief")
    SERVICES = "services", _("Service levels")
    OWNERS = "owners", _("The owners")
    INCIDENTS = "incidents", _("Incidents")
    ORDERS = "orders", _("Orders")
    BENEFITS = "benefits", _("Benefits")
    RESOLUTIONS = "resolutions", _("Resolutions")


NOT_A_DRAFT = pgtrigger.Q(old__status__in=["frozen", "published"])
WHEN_PUBLISHED = """
    IF EXISTS (SELECT 1 FROM reports_edition
               WHERE id = COALESCE(NEW.edition_id, OLD.edition_id) AND status = 'published') THEN
        RAISE EXCEPTION 'A published report never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def when_published(
    name: str, operation: pgtrigger.Operation, condition: pgtrigger.Condition | None = None
) -> pgtrigger.Trigger:
    """Refuses the operation on what belongs to a published report."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=operation, condition=condition, func=WHEN_PUBLISHED
    )


LATER = pgtrigger.Update | pgtrigger.Delete


@tracked(exclude=("figures",))
class Edition(models.Model):
    """A report for a quarter. While a draft its figures are read anew at will; once frozen they never change.

    The figures are in no language; `digest` is their SHA-256 (`reports.canonical`), and `cut_off` the instant at which
    they were read. History keeps the digest in the place of the figures.
    """

    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.BOARD)
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    meeting_on = models.DateField(_("board meeting"), null=True, blank=True)
    figures = models.JSONField()
    digest = models.CharField(max_length=64)
    cut_off = models.DateTimeField(_("figures read"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("drafted by"))
    frozen_at = models.DateTimeField(_("frozen"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "quarter"],
                name="one_edition_of_a_quarter",
                violation_error_message=_("There is a report for this quarter already."),
            ),
            models.CheckConstraint(
                condition=models.Q(quarter__range=(1, 4)),
                name="quarter_is_1_to_4",
                violation_error_message=_("A year has four quarters."),
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft", frozen_at=None) | models.Q(frozen_at__isnull=False),
                name="frozen_report_says_when",
                violation_error_message=_("A report that is frozen says when that was."),
            ),
            models.CheckConstraint(
                condition=models.Q(status="published", published_at__isnull=False)
                | (~models.Q(status="published") & models.Q(published_at=None)),
                name="published_report_says_when",
                violation_error_message=_("A published report, and no other, says when it was published."),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="draft_then_frozen_then_published",
                field="status",
                transitions=[("draft", "frozen"), ("frozen", "published")],
            ),
            pgtrigger.Protect(
                name="frozen_figures_never_change",
                operation=pgtrigger.UpdateOf("kind", "year", "quarter", "figures", "digest", "cut_off"),
                condition=NOT_A_DRAFT,
            ),
            pgtrigger.Protect(name="frozen_report_stays", operation=pgtrigger.Delete, condition=NOT_A_DRAFT),
        ]

    def __str__(self) -> str:
        return str(self.period)

    @property
    def period(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def is_open(self) -> bool:
        """Whether people may still write in it."""
        return self.status != Status.PUBLISHED


@tracked(exclude=("html", "pdf", "csv"))
class Rendering(models.Model):
    """An edition in one language, for the board or as an owner's own. In the database, as processes share no disk.

    The board's are made before the report is published; an owner's may be made later, from the same frozen figures,
    and is then kept like them. Its table is the board's, so its `csv` is empty.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="renderings")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Empty: the board's edition."),
    )
    language = models.CharField(_("language"), max_length=2)
    html = models.TextField()
    pdf = models.BinaryField()
    csv = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the PDF.")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        ordering = ["edition", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "organisation"],
                name="one_rendering_in_a_language",
                nulls_distinct=False,
            )
        ]
        triggers = [
            when_published("published_rendering_never_changes", LATER),
            when_published(
                "published_board_edition_is_made", pgtrigger.Insert, pgtrigger.Q(new__organisation__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.language}"


@tracked()
class Comment(models.Model):
    """What those who prepare the report say in a section, in their own words. One a section, until it is published."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    section = models.CharField(_("section"), max_length=11, choices=SectionKey)
    text = models.TextField(_("comment"), max_length=900)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written"), default=timezone.now)

    objects = OfEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["edition", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "section"], name="one_comment_in_a_section")]
        triggers = [when_published("published_comment_never_changes", pgtrigger.Insert | LATER)]

    def __str__(self) -> str:
        return self.text[:80]
