"""The partnership itself: its legal form over time, its owners and their shares."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from partnership.access import SharedQuerySet
from partnership.history import tracked
from partnership.models.organisations import Organisation, OrganisationNumberField
from partnership.periods import PeriodModel, PeriodQuerySet

WHOLE = Decimal(100)


class LegalForm(models.TextChoices):
    """Kommuneloven § 17-1 and the companies acts; the old § 27 ended on 1 January 2024."""

    IKS = "iks", _("intermunicipal company (IKS)")
    KO = "ko", _("municipal task community (KO)")
    VERT_ADM = "vert_adm", _("host municipality, administrative")
    VERT_NEMND = "vert_nemnd", _("host municipality with a joint board")
    AS = "as", _("limited company (AS)")
    IPR = "ipr", _("intermunicipal political council (IPR)")
    AGREEMENT = "agreement", _("agreement")
    PARAGRAF_27 = "paragraf_27", _("section 27 cooperation (discontinued)")


NAME_RULES = {
    LegalForm.KO: (("kommunalt oppgavefellesskap", "kommunalt oppgåvefellesskap", "ko"), "§ 19-1"),
    LegalForm.IPR: (("interkommunalt politisk råd", "ipr"), "§ 18-1"),
}


def name_carries_form(name: str, form: str) -> bool:
    """Kommuneloven §§ 18-1 and 19-1: the name of a KO or an IPR says what it is."""
    marks, _paragraph = NAME_RULES.get(LegalForm(form), ((), ""))
    words = name.lower()
    return not marks or any(mark in words.split() if " " not in mark else mark in words for mark in marks)


def require_name_for(form: str, name: str, *, field: str) -> None:
    """Raises a ValidationError at `field` when the name does not say the legal form as the law demands."""
    if name_carries_form(name, form):
        return
    marks, paragraph = NAME_RULES[LegalForm(form)]
    values = {"words": marks[0], "short": marks[-1].upper(), "paragraph": paragraph}
    words = _("The name must hold “%(words)s” or “%(short)s” (kommuneloven %(paragraph)s).")
    raise ValidationError({field: ValidationError(words, params=values)})


class PartnershipQuerySet(SharedQuerySet["Partnership"]):
    pass


@tracked()
class Partnership(models.Model):
    """The one partnership of this deployment."""

    name = models.CharField(_("name"), max_length=100)
    organisation_number = OrganisationNumberField(_("organisation number"))
    is_demonstration = models.BooleanField(_("demonstration with invented figures"), default=False, editable=False)
    only = models.BooleanField(default=True, editable=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(fields=["only"], name="one_partnership"),
            models.CheckConstraint(condition=models.Q(only=True), name="partnership_is_the_only_one"),
        ]

    def __str__(self) -> str:
        return self.name


class LegalFormPeriodQuerySet(PeriodQuerySet["LegalFormPeriod"], SharedQuerySet["LegalFormPeriod"]):
    pass


@tracked()
class LegalFormPeriod(PeriodModel):
    """The legal form in a period. A change of form keeps the partnership's identity and history."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="legal_forms")
    form = models.CharField(_("legal form"), max_length=12, choices=LegalForm)
    resolution = models.CharField(_("resolution"), max_length=100, blank=True, help_text=_("Case number and date."))

    objects = LegalFormPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal form")
        verbose_name_plural = _("legal forms")
        ordering = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="one_legal_form_at_a_time",
                expressions=[("partnership", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another legal form holds in part of this period."),
            )
        ]

    def __str__(self) -> str:
        return self.get_form_display()

    def clean(self) -> None:
        if self.form:
            require_name_for(self.form, self.partnership.name, field="form")


class ParticipationQuerySet(PeriodQuerySet["Participation"], SharedQuerySet["Participation"]):
    def with_shares_on(self, day: object) -> "ParticipationQuerySet":
        """Adds `ownership_share` and `liability_share` in per cent on a day; None where none is recorded.

        A liability share that is not recorded is the ownership share.
        """
        share = ShareVersion.objects.filter(participation=models.OuterRef("pk"), period__contains=day)
        return self.annotate(
            ownership_share=models.Subquery(share.values("ownership")[:1]),
            liability_share=models.Subquery(share.values(effective=Coalesce("liability", "ownership"))[:1]),
        )


@tracked()
class Participation(PeriodModel):
    """An organisation as owner of the partnership, from joining to leaving."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="participations", verbose_name=_("owner")
    )

    changed_with = {"ShareVersion": "participation"}

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        ordering = ["organisation__sort_key"]
        constraints = [
            ExclusionConstraint(
                name="owner_once_at_a_time",
                expressions=[("organisation", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("The organisation is an owner in part of this period already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


def percent_field(label: object, **kwargs: object) -> models.DecimalField:
    limits = [MinValueValidator(Decimal(0)), MaxValueValidator(WHOLE)]
    return models.DecimalField(label, max_digits=9, decimal_places=6, validators=limits, **kwargs)  # type: ignore[arg-type]


class ShareVersionQuerySet(PeriodQuerySet["ShareVersion"], SharedQuerySet["ShareVersion"]):
    pass


@tracked()
class ShareVersion(PeriodModel):
    """Ownership and liability in per cent, in a period. Shown as recorded; never normalised in silence."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="shares")
    ownership = percent_field(_("ownership share, %"))
    liability = percent_field(
        _("liability share, %"), null=True, blank=True, help_text=_("Empty: equal to the ownership share.")
    )

    objects = ShareVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="one_share_at_a_time",
                expressions=[("participation", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another share holds in part of this period."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ownership} %"
