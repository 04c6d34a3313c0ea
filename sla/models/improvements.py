"""What comes of an agreement: evaluated every year, and improved where a target was missed."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission, TenantQuerySet
from partnership.history import tracked
from partnership.letters import LetterQuerySet
from partnership.models import Organisation, User
from services.models import Service
from sla.models.agreements import ServiceAgreement
from sla.models.phases import OfAgreementQuerySet
from sla.models.targets import Target


class Party(models.TextChoices):
    ORDER_PLACERS = "order_placers", _("the order-placers")
    BOARD = "board", _("the board")


class Conclusion(models.TextChoices):
    CONTINUE = "continue", _("go on as it is")
    CHANGE = "change", _("make a new version")
    END = "end", _("end the agreement")


class EvaluationQuerySet(OfAgreementQuerySet["Evaluation"]):
    pass


@tracked()
class Evaluation(models.Model):
    """What one party found when it looked back at the agreement; due every year from each."""

    agreement = models.ForeignKey(
        ServiceAgreement, models.CASCADE, related_name="evaluations", verbose_name=_("agreement")
    )
    party = models.CharField(_("evaluated by"), max_length=13, choices=Party)
    held_on = models.DateField(_("on"))
    conclusion = models.CharField(_("conclusion"), max_length=8, choices=Conclusion)
    findings = models.TextField(_("findings"))
    resolution = models.CharField(_("treated in"), max_length=100, blank=True, help_text=_("Case number and date."))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "held_on"],
                name="evaluated_once_a_day",
                violation_error_message=_("An evaluation of this day is written down already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.get_party_display()}, {self.held_on:%d.%m.%Y}"


@tracked()
class Reminder(models.Model):
    """An e-mail to one person about an evaluation: once before it is due, and once when it is overdue."""

    agreement = models.ForeignKey(
        ServiceAgreement, models.CASCADE, related_name="reminders", verbose_name=_("agreement")
    )
    party = models.CharField(_("evaluated by"), max_length=13, choices=Party)
    due = models.DateField(_("due date"))
    is_overdue = models.BooleanField(_("overdue"))
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = LetterQuerySet["Reminder"].as_manager()

    class Meta:
        verbose_name = _("reminder of an evaluation")
        verbose_name_plural = _("reminders of evaluations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "due", "is_overdue", "person"],
                name="reminded_once",
                violation_error_message=_("The person has been told of this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.get_party_display()} → {self.person}"


class ImprovementQuerySet(TenantQuerySet["Improvement"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def visible_to(self, user: Any) -> Self:
        """Those for an organisation of the reader's or for everyone, of agreements one may see; and one's own."""
        reach = access.reach(user, self.seen_with)
        agreements = ServiceAgreement.objects.visible_to(user)
        place = Q() if reach is None else Q(organisation=None) | Q(organisation__in=reach)
        return self.filter(Q(agreement__in=agreements) & place | Q(owner=user.pk))

    def closable_by(self, user: Any) -> Self:
        """One's own; all of them for those who may write agreements."""
        return self.all() if access.holds(user, Permission.MANAGE_AGREEMENTS) else self.filter(owner=user.pk)

    def open(self) -> Self:
        return self.filter(done_on=None)

    def lasting(self, since: date) -> Self:
        """Open, or done on that day or later."""
        return self.filter(Q(done_on=None) | Q(done_on__gte=since))

    def overdue(self) -> Self:
        return self.open().filter(due__lt=timezone.localdate())


@tracked()
class Improvement(models.Model):
    """What one person is to do by a day so that the agreement is kept. Of a target that was missed: which, for whom,
    and in which months.
    """

    agreement = models.ForeignKey(
        ServiceAgreement, models.CASCADE, related_name="improvements", verbose_name=_("agreement")
    )
    target = models.ForeignKey(
        Target, models.SET_NULL, null=True, blank=True, related_name="improvements", verbose_name=_("target")
    )
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="improvements", verbose_name=_("service")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="improvements",
        verbose_name=_("organisation"),
        help_text=_("Empty: everyone the agreement covers."),
    )
    missed_from = models.DateField(_("missed from"), null=True, blank=True)
    missed_to = models.DateField(_("missed to"), null=True, blank=True)
    text = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(User, models.PROTECT, related_name="improvements", verbose_name=_("done by whom"))
    due = models.DateField(_("due date"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.TextField(_("what came of it"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        ordering = [models.F("done_on").asc(nulls_first=True), "due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "text", "service", "organisation"],
                nulls_distinct=False,
                name="improvement_once_of_an_agreement",
                violation_error_message=_("This improvement is written down already."),
            ),
            models.CheckConstraint(
                condition=Q(missed_from=None, missed_to=None) | Q(missed_from__lte=models.F("missed_to")),
                name="missed_from_one_day_to_a_later",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < timezone.localdate()
