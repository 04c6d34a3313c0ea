"""What the bodies have decided, and what somebody is to do about it."""

from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramWordSimilarity
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.history import tracked
from partnership.models.meetings import AgendaItem, Meeting, OfMeetingQuerySet
from partnership.models.people import User

ALIKE = 0.35
"""The pg_trgm likeness from which a word is taken for what was meant, as in the catalogue of services."""
STEMS = "norwegian"


def is_number(text: str) -> bool:
    number, _slash, year = text.partition("/")
    return number.isascii() and number.isdigit() and year.isascii() and year.isdigit()


def numbered(text: str) -> models.Q:
    """The matter that is called «12/26»; none where that is no number."""
    if not is_number(text):
        return models.Q(pk__in=())
    number, _slash, year = text.partition("/")
    return models.Q(item__number=int(number[:4]), item__year=2000 + int(year[-2:]))


class ResolutionQuerySet(OfMeetingQuerySet["Resolution"]):
    meeting_path = "item__meeting"

    def matching(self, text: str) -> Self:
        """Number, or words of title or text: as parts, by stem, or nearly so spelt. Nothing is nearly a number."""
        named = models.Q(item__title__icontains=text) | models.Q(text__icontains=text)
        if is_number(text):
            return self.filter(named | numbered(text))
        return self.annotate(
            stems=SearchVector("item__title", "text", config=STEMS),
            likeness=TrigramWordSimilarity(text, "item__title"),
        ).filter(
            named
            | models.Q(stems=SearchQuery(text, config=STEMS, search_type="websearch"))
            | models.Q(likeness__gte=ALIKE)
        )

    def with_open_follow_ups(self) -> Self:
        return self.filter(models.Exists(FollowUp.objects.open().filter(resolution=models.OuterRef("pk"))))


def votes_field(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=9, decimal_places=3, default=Decimal(0), validators=[MinValueValidator(Decimal(0))]
    )


@tracked()
class Resolution(models.Model):
    """What was decided in a matter, with votes by weight and the dissent that somebody wants to be written down."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="resolution", verbose_name=_("matter"))
    text = models.TextField(_("resolution"))
    votes_for = votes_field(_("votes for"))
    votes_against = votes_field(_("votes against"))
    votes_blank = votes_field(_("blank votes"))
    dissent = models.TextField(_("dissent"), blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-item__meeting__starts", "-item__year", "-item__number"]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def label(self) -> str:
        return self.item.label

    @property
    def meeting(self) -> Meeting:
        return self.item.meeting

    @property
    def is_unanimous(self) -> bool:
        return not self.votes_against and not self.votes_blank


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Any) -> Self:
        """Those of meetings one may see, and one's own."""
        seen = models.Q(resolution__item__meeting__in=Meeting.objects.visible_to(user))
        return self.filter(seen | models.Q(owner=user.pk))

    def closable_by(self, user: Any) -> Self:
        """One's own; all of them for who may write of meetings."""
        return self.all() if access.holds(user, Permission.MANAGE_MEETINGS) else self.filter(owner=user.pk)

    def open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def overdue(self) -> Self:
        return self.open().filter(due__lt=timezone.localdate())


@tracked()
class FollowUp(models.Model):
    """What one person is to do by a day because of a resolution."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="follow_ups", verbose_name=_("resolution"))
    text = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(User, models.PROTECT, related_name="follow_ups", verbose_name=_("done by whom"))
    due = models.DateField(_("due date"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.TextField(_("what came of it"), blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "text"],
                name="follow_up_once_of_a_resolution",
                violation_error_message=_("This follow-up is written down already."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < timezone.localdate()
