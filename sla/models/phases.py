"""The life cycle of an agreement: which phase it has been in since when, and what a phase needs to be left."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, TenantQuerySet
from partnership.history import tracked
from partnership.models import User
from sla.models.agreements import Phase, ServiceAgreement


class Need(models.TextChoices):
    """What must be there before a phase is left. Some are written down, others follow from what is registered."""

    BASELINE = "baseline", _("the baseline is measured")
    ROLES = "roles", _("everybody has their role")
    CALENDAR = "calendar", _("the opening hours are set")
    DATA_PROCESSING = "data_processing", _("the data processing agreement is in place")
    CATALOGUE = "catalogue", _("every service stands in the catalogue")
    VERSION = "version", _("a version is approved")
    TRIAL = "trial", _("the trial operation is summed up")
    EVALUATED = "evaluated", _("order-placers and board have evaluated")
    FOLLOWED = "followed", _("a new version is approved")
    LAST_DAY = "last_day", _("the agreement has a last day")


WRITTEN = (Need.BASELINE, Need.DATA_PROCESSING, Need.TRIAL)
"""Those that a person writes down."""

FORWARD: dict[Phase, tuple[Phase, ...]] = {
    Phase.PREPARATION: (Phase.TRIAL,),
    Phase.TRIAL: (Phase.OPERATION,),
    Phase.OPERATION: (Phase.EVALUATION,),
    Phase.EVALUATION: (Phase.OPERATION, Phase.RENEGOTIATION),
    Phase.RENEGOTIATION: (Phase.OPERATION,),
    Phase.ENDED: (),
}
"""Where a phase leads; every one may end too."""

NEEDS: dict[Phase, tuple[Need, ...]] = {
    Phase.PREPARATION: (
        Need.BASELINE,
        Need.ROLES,
        Need.CALENDAR,
        Need.DATA_PROCESSING,
        Need.CATALOGUE,
        Need.VERSION,
    ),
    Phase.TRIAL: (Need.TRIAL,),
    Phase.OPERATION: (),
    Phase.EVALUATION: (Need.EVALUATED,),
    Phase.RENEGOTIATION: (Need.FOLLOWED,),
    Phase.ENDED: (),
}
"""What each needs to be left for the next."""


class OfAgreementQuerySet[M: models.Model](TenantQuerySet[M]):
    """Rows of an agreement exist for those for whom the agreement exists."""

    seen_with = Permission.SEE_SERVICE_LEVELS

    def visible_to(self, user: Any) -> Self:
        return self.filter(agreement__in=ServiceAgreement.objects.visible_to(user))


class PhaseChangeQuerySet(OfAgreementQuerySet["PhaseChange"]):
    pass


@tracked()
class PhaseChange(models.Model):
    """From `day` on the agreement is in this phase, until the next change."""

    agreement = models.ForeignKey(
        ServiceAgreement, models.CASCADE, related_name="phase_changes", verbose_name=_("agreement")
    )
    phase = models.CharField(_("phase"), max_length=13, choices=Phase)
    day = models.DateField(_("from"))
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    made = models.DateTimeField(_("made"), default=timezone.now)

    objects = PhaseChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of phase")
        verbose_name_plural = _("changes of phase")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_phase_display()}"


class EvidenceQuerySet(OfAgreementQuerySet["Evidence"]):
    pass


@tracked()
class Evidence(models.Model):
    """What somebody has written down of a need: the reference of a document, the summary of a trial."""

    agreement = models.ForeignKey(
        ServiceAgreement, models.CASCADE, related_name="evidence", verbose_name=_("agreement")
    )
    need = models.CharField(_("need"), max_length=15, choices=[(need.value, need.label) for need in WRITTEN])
    text = models.TextField(_("what there is"), help_text=_("A reference to the document, or a summary."))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    made = models.DateTimeField(_("made"), default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["agreement", "need"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "need"],
                name="evidence_once_of_a_need",
                violation_error_message=_("This is written down already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_need_display()}"
