"""The service catalogue: five product groups, services in three languages, who subscribes to what."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramWordSimilarity
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from partnership.access import SharedQuerySet, TenantQuerySet
from partnership.history import tracked
from partnership.models import Organisation, User
from partnership.models.organisations import sort_key
from partnership.periods import PeriodModel, PeriodQuerySet
from partnership.translated import translated
from services.models.calendars import ServiceCalendar


class ProductGroup(models.TextChoices):
    """Five groups of products that need five treatments (price, order, report)."""

    PROCUREMENT = "innkjop", _("procurement")
    INFRASTRUCTURE = "infra", _("infrastructure")
    OPERATIONS = "drift", _("operations")
    PROCESSES = "prosess", _("work processes")
    DEVELOPMENT = "utvikling", _("development projects")


class Tier(models.TextChoices):
    BASE = "base", _("base service")
    PLUS = "plus", _("optional service")


class Level(models.TextChoices):
    STRATEGIC = "strategic", _("strategic")
    TACTICAL = "tactical", _("tactical")
    OPERATIONAL = "operational", _("operational")


class Stage(models.TextChoices):
    """Where the service is in its life."""

    PLANNED = "planned", _("planned")
    OFFERED = "offered", _("offered")
    CLOSING = "closing", _("being closed")
    CLOSED = "closed", _("closed")


ORDERABLE = frozenset({Stage.OFFERED, Stage.CLOSING})

STEMMERS = {"nb": "norwegian", "nn": "norwegian", "en": "english"}
SEARCHED = ("code", *(f"{field}_{language}" for field in ("name", "description") for language in STEMMERS))
ALIKE = 0.35
"""The pg_trgm likeness from which a word is taken for what was meant; stemming alone misses compounds."""


class ServiceQuerySet(SharedQuerySet["Service"]):
    def offered(self) -> "ServiceQuerySet":
        return self.filter(stage__in=ORDERABLE)

    def matching(self, text: str) -> "ServiceQuerySet":
        """Code, or words of the name or description in any language: as parts, by stem, or nearly so spelt."""
        parts = models.Q(*((f"{field}__icontains", text) for field in SEARCHED), _connector=models.Q.OR)
        stems = models.Q(
            *((f"stems_{language}", _query(text, language)) for language in STEMMERS), _connector=models.Q.OR
        )
        return self.annotate(
            **{f"stems_{language}": _vector(language) for language in STEMMERS},
            likeness=Greatest(*(TrigramWordSimilarity(text, f"name_{language}") for language in STEMMERS)),
        ).filter(parts | stems | models.Q(likeness__gte=ALIKE))


def _vector(language: str) -> SearchVector:
    return SearchVector(f"name_{language}", f"description_{language}", config=STEMMERS[language])


def _query(text: str, language: str) -> SearchQuery:
    return SearchQuery(text, config=STEMMERS[language], search_type="websearch")


CODE = RegexValidator(r"^[A-ZÆØÅ0-9][A-ZÆØÅ0-9._-]*$", _("Write capital letters, digits, dot, dash or underscore."))


@tracked()
class Service(models.Model):
    """What the partnership offers."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    name_nb = models.CharField(_("name, bokmål"), max_length=100)
    name_nn = models.CharField(_("name, nynorsk"), max_length=100, blank=True)
    name_en = models.CharField(_("name, English"), max_length=100, blank=True)
    description_nb = models.TextField(_("description, bokmål"), blank=True)
    description_nn = models.TextField(_("description, nynorsk"), blank=True)
    description_en = models.TextField(_("description, English"), blank=True)
    group = models.CharField(_("product group"), max_length=10, choices=ProductGroup, default=ProductGroup.OPERATIONS)
    tier = models.CharField(_("tier"), max_length=4, choices=Tier, default=Tier.BASE)
    step = models.PositiveSmallIntegerField(
        _("step on the benefit stairs"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 joint procurement, 2 infrastructure, 3 operations, 4 business system, 5 joint service."),
    )
    level = models.CharField(_("level"), max_length=11, choices=Level, default=Level.OPERATIONAL)
    is_critical = models.BooleanField(_("critical"), default=False, help_text=_("Stops work in the municipality."))
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, verbose_name=_("service owner"))
    calendar = models.ForeignKey(
        ServiceCalendar, models.PROTECT, null=True, blank=True, related_name="services", verbose_name=_("opening hours")
    )
    delivery_days = models.PositiveSmallIntegerField(
        _("delivery time in working days"), default=5, validators=[MaxValueValidator(250)]
    )
    stage = models.CharField(_("life cycle"), max_length=8, choices=Stage, default=Stage.OFFERED)
    sort_key = sort_key("name_nb")

    objects = ServiceQuerySet.as_manager()

    name = translated("name")
    description = translated("description")

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_key", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(step__range=(1, 5)),
                name="step_on_the_stairs_is_1_to_5",
                violation_error_message=_("The stairs have five steps."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_offered(self) -> bool:
        return self.stage in ORDERABLE


class SubscriptionQuerySet(PeriodQuerySet["Subscription"], TenantQuerySet["Subscription"]):
    pass


@tracked()
class Subscription(PeriodModel):
    """An organisation that has a service, for a time."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="subscriptions", verbose_name=_("organisation")
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="subscriptions", verbose_name=_("service"))

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["organisation__sort_key", "service__sort_key"]
        constraints = [
            ExclusionConstraint(
                name="subscription_once_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The organisation has this service in part of this period already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.service}"
