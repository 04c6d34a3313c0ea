"""Service notices (driftsmeldinger): something is down, or will be; who is hit, what was written, who was told."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import TenantQuerySet, reach
from partnership.history import tracked
from partnership.letters import LetterQuerySet
from partnership.models import Organisation, User
from partnership.periods import meant_instants
from services.models.catalogue import Service

NO_CONTROL_CHARACTERS = RegexValidator(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", _("Write it on one line, without tabs."), inverse_match=True
)
"""Of what becomes the subject of a letter."""


class NoticeKind(models.TextChoices):
    FAULT = "fault", _("service failure")
    PLANNED = "planned", _("planned work")
    INFORMATION = "information", _("information")


class ServiceNoticeQuerySet(TenantQuerySet["ServiceNotice"]):
    def visible_to(self, user: Any) -> Self:
        """Those that hit an organisation of the reader's."""
        organisations = reach(user, self.seen_with)
        return self.all() if organisations is None else self.hitting(organisations)

    def hitting(self, organisations: Any) -> Self:
        hit = NoticeReach.objects.filter(notice=OuterRef("pk"), organisation__in=organisations)
        return self.filter(Exists(hit))

    def over(self, now: datetime) -> Self:
        """Ended, or called off; or what was to end by itself, and had the time."""
        by_itself = ~Q(kind=NoticeKind.FAULT) & Q(ended=None, expected_end__lte=now)
        return self.filter(Q(ended__lte=now) | Q(ended=models.F("starts")) | by_itself)

    def over_since(self, since: datetime, now: datetime) -> Self:
        """Over, and not for longer than that."""
        return self.over(now).alias(over_at=Coalesce("ended", "expected_end")).filter(over_at__gt=since)

    def current(self, now: datetime) -> Self:
        """The one that began last first."""
        return self._not_over(now).filter(starts__lte=now).order_by("-starts", "-pk")

    def coming(self, now: datetime) -> Self:
        return self._not_over(now).filter(starts__gt=now).order_by("starts", "pk")

    def _not_over(self, now: datetime) -> Self:
        return self.exclude(pk__in=self.model._default_manager.over(now).values("pk"))


@tracked()
class ServiceNotice(models.Model):
    """Written once for all whom it concerns. What was said since stands in its messages, the first of them included.

    A failure goes on until a person ends it; what is planned, and information, ends when it was expected to.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=NoticeKind)
    title = models.CharField(_("title"), max_length=150, validators=[NO_CONTROL_CHARACTERS])
    starts = models.DateTimeField(_("from"), validators=meant_instants())
    expected_end = models.DateTimeField(_("expected to end"), null=True, blank=True, validators=meant_instants())
    next_update = models.DateTimeField(_("next update"), null=True, blank=True, validators=meant_instants())
    ended = models.DateTimeField(_("ended"), null=True, blank=True, validators=meant_instants())
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    token = models.UUIDField(_("key of the form it was written in"), null=True, blank=True, editable=False)

    changed_with = {"NoticeMessage": "notice", "NoticeReach": "notice"}

    objects = ServiceNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("service notice")
        verbose_name_plural = _("service notices")
        ordering = ["-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "token"],
                name="notice_once_for_a_form",
                violation_error_message=_("This notice is sent already."),
            ),
            models.CheckConstraint(
                condition=Q(expected_end=None) | Q(expected_end__gte=models.F("starts")),
                name="notice_is_expected_to_end_after_it_began",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=models.F("starts")),
                name="notice_ends_after_it_began",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=NoticeKind.PLANNED) | Q(expected_end__isnull=False),
                name="planned_work_is_expected_to_end",
                violation_error_message=_("Write when the planned work is expected to end."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_over(self, now: datetime) -> bool:
        end = self.ended or (self.expected_end if self.kind != NoticeKind.FAULT else None)
        return (end is not None and end <= now) or self.is_called_off

    def ends_by(self, now: datetime) -> datetime:
        """Now, or what is planned when it was to end, where that has been."""
        return self.expected_end if self.expected_end and self.is_over(now) else now

    @property
    def is_called_off(self) -> bool:
        """Ended before it began."""
        return self.ended is not None and self.ended == self.starts


class NoticeReachQuerySet(TenantQuerySet["NoticeReach"]):
    pass


@tracked()
class NoticeReach(models.Model):
    """A service of an organisation that the notice hits, as the subscriptions were when it was published."""

    notice = models.ForeignKey(ServiceNotice, models.CASCADE, related_name="reach", verbose_name=_("service notice"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="notices", verbose_name=_("service"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="service_notices", verbose_name=_("organisation")
    )

    objects = NoticeReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("reach of a service notice")
        verbose_name_plural = _("reach of service notices")
        ordering = ["service__sort_key", "organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "service", "organisation"],
                name="notice_hits_a_service_of_an_organisation_once",
                violation_error_message=_("The notice names this service of this organisation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.organisation}"


class NoticeMessageQuerySet(TenantQuerySet["NoticeMessage"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(notice__in=ServiceNotice.objects.visible_to(user))


@tracked()
class NoticeMessage(models.Model):
    """What was written to all whom the notice hits: at first, since, and at the end."""

    notice = models.ForeignKey(ServiceNotice, models.CASCADE, related_name="messages", verbose_name=_("service notice"))
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    is_end = models.BooleanField(_("the end"), default=False)

    objects = NoticeMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a service notice")
        verbose_name_plural = _("messages of service notices")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.notice}, {timezone.localtime(self.at):%d.%m.%Y %H:%M}"


class NoticeLetterQuerySet(LetterQuerySet["NoticeLetter"]):
    written_at = "message__at"
    given_up_after = timedelta(days=1)

    def counts(self) -> tuple[int, int]:
        """How many have left, and how many there are."""
        found = self.aggregate(left=Count("pk", filter=Q(sent_at__isnull=False)), written=Count("pk"))
        return found["left"], found["written"]


@tracked()
class NoticeLetter(models.Model):
    """A message to one person by one channel: written down with the message, noted when it has left."""

    message = models.ForeignKey(NoticeMessage, models.CASCADE, related_name="letters", verbose_name=_("message"))
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    channel = models.CharField(_("channel"), max_length=20)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = NoticeLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter about a service notice")
        verbose_name_plural = _("letters about service notices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person", "channel"],
                name="notice_letter_once",
                violation_error_message=_("The person has been told of this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.message} → {self.person}"


class NoticeTemplateQuerySet(models.QuerySet["NoticeTemplate"]):
    def visible_to(self, user: Any) -> Self:
        """For those who write notices; the doors ask for that."""
        return self.all()


@tracked()
class NoticeTemplate(models.Model):
    """Words to begin with."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=11, choices=NoticeKind, default=NoticeKind.FAULT)
    title = models.CharField(_("title"), max_length=150, validators=[NO_CONTROL_CHARACTERS])
    text = models.TextField(_("text"))

    objects = NoticeTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a service notice")
        verbose_name_plural = _("templates of service notices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
