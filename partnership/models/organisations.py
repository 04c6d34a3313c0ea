"""The national register of municipalities, and the organisations that rows belong to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.no import orgnr

from kit.norwegian import NorwegianKey
from partnership.access import TenantQuerySet
from partnership.history import tracked


def validate_organisation_number(value: str) -> None:
    """Nine digits, the last a modulus 11 check digit (Enhetsregisteret)."""
    try:
        orgnr.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("Write an organisation number of nine digits; the last one checks the others.")
        ) from error


class LanguageForm(models.TextChoices):
    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    NEUTRAL = "neutral", _("neutral")


def sort_key(source: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=NorwegianKey(source), output_field=models.TextField(db_collation="C"), db_persist=True
    )


class OrganisationNumberField(models.CharField):
    """Nine digits; empty where there is none, and never the same twice."""

    default_validators = [validate_organisation_number]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **({"max_length": 9, "blank": True, "default": ""} | kwargs))  # type: ignore[arg-type]


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def matching(self, text: str) -> "MunicipalityQuerySet":
        """Those whose name holds the text, or whose number begins with it."""
        named = models.Q(name__icontains=text) | models.Q(official_name__icontains=text)
        return self.filter(named | models.Q(number__startswith=text))


class Municipality(models.Model):
    """A row of the national register. Names repeat (Herøy, Våler); numbers do not."""

    number = models.CharField(_("number"), max_length=4, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    official_name = models.CharField(_("official name"), max_length=200)
    county = models.CharField(_("county"), max_length=100)
    population = models.PositiveIntegerField(_("population"))
    area_km2 = models.DecimalField(_("area, km²"), max_digits=8, decimal_places=2)
    language_form = models.CharField(_("language form"), max_length=7, choices=LanguageForm)
    organisation_number = OrganisationNumberField(_("organisation number"))
    sort_key = sort_key("name")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_key", "number"]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    COUNTY = "county", _("county authority")
    IKS = "iks", _("intermunicipal company")
    ENTERPRISE = "enterprise", _("municipal enterprise")
    CHURCH = "church", _("church council")
    SUPPLIER = "supplier", _("supplier")
    OTHER = "other", _("other")


class OrganisationQuerySet(TenantQuerySet["Organisation"]):
    organisation_path = "pk"


@tracked()
class Organisation(models.Model):
    """The unit of tenancy: nearly every row belongs to one, nearly always to a municipality."""

    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    municipality = models.OneToOneField(
        Municipality, models.PROTECT, verbose_name=_("row in the register"), null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=100)
    organisation_number = OrganisationNumberField(_("organisation number"))
    language_form = models.CharField(
        _("language form"), max_length=7, choices=LanguageForm, default=LanguageForm.BOKMAL
    )
    invoice_reference = models.CharField(_("invoice reference"), max_length=50, blank=True)
    is_robek = models.BooleanField(
        _("on the ROBEK list"), default=False, help_text=_("Loans and budgets are then approved by the state.")
    )
    sort_key = sort_key("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="municipality", municipality__isnull=False)
                | (~models.Q(kind="municipality") & models.Q(municipality__isnull=True)),
                name="municipality_has_a_register_row",
                violation_error_message=_("A municipality, and nothing else, points to its row in the register."),
            ),
            models.UniqueConstraint(
                fields=["organisation_number"],
                condition=~models.Q(organisation_number=""),
                name="organisation_number_once",
                violation_error_message=_("Another organisation has this organisation number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """The municipality's four digits, empty for others."""
        return self.municipality_id or ""

    @property
    def any_number(self) -> str:
        """How machines name it: a municipality's four digits, or another organisation's nine."""
        return self.number or self.organisation_number
