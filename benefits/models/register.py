"""The register of benefits: each has a code, a type, a goal and one indicator by which it is measured."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.goals import Goal, Layer
from benefits.querysets import BenefitQuerySet
from partnership.history import tracked
from partnership.models import User
from partnership.models.organisations import sort_key
from partnership.translated import translated


class Type(models.TextChoices):
    """What kind of gain it is. Kroner and full-time equivalents are never added to each other, quality to nothing."""

    MONEY = "money", _("kroner")
    TIME = "time", _("full-time equivalents")
    OTHERS = "others", _("gain for others")
    QUALITY = "quality", _("quality")


LETTERS = {Type.MONEY: "Ø", Type.TIME: "A", Type.OTHERS: "V", Type.QUALITY: "K"}
"""A code begins with the letter of its type, as in the templates of Prosjektveiviseren."""
ADDITIVE = (Type.MONEY, Type.TIME)
"""Types whose shares add up."""


class Unit(models.TextChoices):
    KRONER = "kroner", _("kroner per year")
    FULL_TIME = "full_time", _("full-time equivalents")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    PERCENT = "percent", _("per cent")
    COUNT = "count", _("number")
    POINTS = "points", _("points")


UNIT_OF = {Type.MONEY: Unit.KRONER, Type.TIME: Unit.FULL_TIME}
"""The only unit of an additive type, and of no other."""


class Frequency(models.IntegerChoices):
    """Months between measurements."""

    MONTHLY = 1, _("every month")
    QUARTERLY = 3, _("every quarter")
    TERTIAL = 4, _("every four months")
    HALF_YEARLY = 6, _("every half-year")
    YEARLY = 12, _("every year")


CODE = RegexValidator(r"^[ØAVK][1-9][0-9]{0,2}$", _("Write Ø, A, V or K and a number, such as Ø1."))


def _letter_follows_type() -> models.Q:
    pairs = [models.Q(type=kind, code__startswith=letter) for kind, letter in LETTERS.items()]
    return models.Q(*pairs, _connector=models.Q.OR)


def _unit_follows_type() -> models.Q:
    bound = [models.Q(type=kind, unit=unit) for kind, unit in UNIT_OF.items()]
    free = ~models.Q(type__in=list(UNIT_OF)) & ~models.Q(unit__in=list(UNIT_OF.values()))
    return models.Q(*bound, free, _connector=models.Q.OR)


@tracked()
class Benefit(models.Model):
    """A gain that the cooperation is to give. Each municipality realises its own share of it."""

    code = models.CharField(
        _("code"),
        max_length=4,
        unique=True,
        validators=[CODE],
        error_messages={"unique": _("Another benefit has this code. A code counts once.")},
    )
    type = models.CharField(_("type"), max_length=7, choices=Type)
    layer = models.CharField(_("layer"), max_length=11, choices=Layer, default=Layer.OPERATIONS)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="benefits", verbose_name=_("goal"))
    name_nb = models.CharField(_("name, bokmål"), max_length=100)
    name_nn = models.CharField(_("name, nynorsk"), max_length=100, blank=True)
    name_en = models.CharField(_("name, English"), max_length=100, blank=True)
    indicator_nb = models.CharField(_("what is measured, bokmål"), max_length=200)
    indicator_nn = models.CharField(_("what is measured, nynorsk"), max_length=200, blank=True)
    indicator_en = models.CharField(_("what is measured, English"), max_length=200, blank=True)
    method_nb = models.CharField(_("how it is measured, bokmål"), max_length=200, blank=True)
    method_nn = models.CharField(_("how it is measured, nynorsk"), max_length=200, blank=True)
    method_en = models.CharField(_("how it is measured, English"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=9, choices=Unit)
    frequency = models.PositiveSmallIntegerField(
        _("how often it is measured"), choices=Frequency, default=Frequency.QUARTERLY
    )
    accountable = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accountable")
    )
    sort_key = sort_key("name_nb")

    objects = BenefitQuerySet.as_manager()

    name = translated("name")
    indicator = translated("indicator")
    method = translated("method")

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=_letter_follows_type(),
                name="benefit_code_begins_with_its_type",
                violation_error_message=_(
                    "The code begins with Ø for kroner, A for full-time equivalents, V for gains for others, "
                    "K for quality."
                ),
            ),
            models.CheckConstraint(
                condition=_unit_follows_type(),
                name="benefit_unit_follows_its_type",
                violation_error_message=_(
                    "Kroner are measured in kroner per year and full-time equivalents as such; other types in "
                    "neither of them."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_additive(self) -> bool:
        return self.type in ADDITIVE
