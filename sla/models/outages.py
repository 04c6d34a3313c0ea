"""Outages and maintenance windows: when a service was down, whom it hit, and whether it was planned."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, TenantQuerySet, reach
from partnership.history import tracked
from partnership.models import Organisation, User
from partnership.periods import meant_instants
from services.models import Service, ServiceNotice
from sla.models.agreements import Coverage

CLOCKS_DIFFER = timedelta(minutes=5)
"""What the clock of a source may be ahead of ours."""


class OutageKind(models.TextChoices):
    UNPLANNED = "unplanned", _("unplanned")
    PLANNED = "planned", _("planned")


def hits(organisations: frozenset[int]) -> Q:
    """Of `OutageReach`: those that name one of these, or everyone who had the service while it lasted."""
    started, ended = (
        models.ExpressionWrapper(models.OuterRef(f"outage__{name}"), models.DateTimeField())
        for name in ("started", "ended")
    )
    days = models.Func(
        TruncDate(started),
        TruncDate(Coalesce(ended, Now())),
        models.Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    has_the_service = Coverage.objects.filter(
        organisation__in=organisations, service=models.OuterRef("service"), period__overlap=days
    )
    return Q(organisation__in=organisations) | Q(models.Exists(has_the_service), organisation=None)


class OutageQuerySet(TenantQuerySet["Outage"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def visible_to(self, user: object) -> Self:
        """Those that hit an organisation of the reader's."""
        organisations = reach(user, self.seen_with)  # type: ignore[arg-type]
        if organisations is None:
            return self.all()
        hit = OutageReach.objects.filter(hits(organisations), outage=models.OuterRef("pk"))
        return self.filter(models.Exists(hit))

    def hitting(self, user: object, *, owner: Organisation | None = None, **service: object) -> Self:
        """Those of which the reader may see that they hit this service, and did so for this owner."""
        seen = OutageReach.objects.visible_to(user).filter(**service, outage=models.OuterRef("pk"))
        if owner:
            seen = seen.filter(hits(frozenset({owner.pk})))
        return self.filter(models.Exists(seen))

    def within(self, since: datetime, until: datetime) -> Self:
        """Those that lasted for some of [since, until)."""
        return self.filter(Q(ended=None) | Q(ended__gt=since), started__lt=until)

    def ongoing(self, now: datetime | None = None) -> Self:
        """Without an end yet, or with one that is to come, as planned work has."""
        now = now or timezone.now()
        return self.filter(Q(ended=None) | Q(ended__gt=now), started__lte=now)


@tracked()
class Outage(models.Model):
    """A time in which a service could not be used. `source`, `external_id` and `part` name it for good.

    What a source tells of one number is one outage, or a part for each time that owners met it at. Without an end it
    goes on, and is reckoned to the moment of calculation.
    """

    source = models.CharField(_("source"), max_length=40)
    external_id = models.CharField(_("number at the source"), max_length=80)
    part = models.PositiveSmallIntegerField(_("part"), default=1)
    title = models.CharField(_("what happened"), max_length=200, blank=True)
    started = models.DateTimeField(_("from"), validators=meant_instants())
    ended = models.DateTimeField(_("to"), null=True, blank=True, validators=meant_instants())
    kind = models.CharField(_("kind"), max_length=9, choices=OutageKind)
    notified = models.DateTimeField(
        _("notified"),
        null=True,
        blank=True,
        validators=meant_instants(),
        help_text=_("Empty for planned work: it was notified in time."),
    )

    changed_with = {"OutageReach": "outage", "Reclassification": "outage"}

    notice = models.ForeignKey(
        ServiceNotice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="outages",
        verbose_name=_("service notice"),
        help_text=_("That told of it."),
    )

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        ordering = ["-started", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id", "part"],
                name="outage_once_per_source",
                violation_error_message=_("The source has an outage of this number."),
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=models.F("started")),
                name="outage_ends_after_it_began",
                violation_error_message=_("An outage cannot end before it began."),
            ),
        ]
        indexes = [models.Index(fields=["-started", "-id"], name="outage_newest_first")]

    def __str__(self) -> str:
        return self.title or self.external_id

    @property
    def is_planned(self) -> bool:
        return self.kind == OutageKind.PLANNED

    @property
    def is_decided(self) -> bool:
        """A person has judged whether it was planned."""
        return bool(self.reclassifications.all())


class OutageReachQuerySet(TenantQuerySet["OutageReach"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def visible_to(self, user: object) -> Self:
        organisations = reach(user, self.seen_with)  # type: ignore[arg-type]
        return self.all() if organisations is None else self.filter(hits(organisations))


@tracked()
class OutageReach(models.Model):
    """A service that an outage hit, for one organisation or for everyone who has it, and how many of the users."""

    outage = models.ForeignKey(Outage, models.CASCADE, related_name="reach")
    service = models.ForeignKey(Service, models.PROTECT, related_name="outages", verbose_name=_("service"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outages",
        verbose_name=_("organisation"),
        help_text=_("Empty: everyone who has the service."),
    )
    affected_share = models.DecimalField(
        _("share of the users"),
        max_digits=7,
        decimal_places=6,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )

    objects = OutageReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("reach of an outage")
        verbose_name_plural = _("reach of outages")
        ordering = ["service__sort_key", "organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["outage", "service", "organisation"],
                nulls_distinct=False,
                name="outage_hits_a_service_of_an_organisation_once",
                violation_error_message=_("The outage names this service of this organisation already."),
            ),
            models.CheckConstraint(
                condition=Q(affected_share__gte=0, affected_share__lte=1),
                name="share_of_the_users_is_from_0_to_1",
                violation_error_message=_("The share of the users is from 0 to 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.organisation or _('everyone who has the service')}"


class ReclassificationQuerySet(TenantQuerySet["Reclassification"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def visible_to(self, user: object) -> Self:
        return self.filter(outage__in=Outage.objects.visible_to(user))


@tracked()
class Reclassification(models.Model):
    """A decision, afterwards, that an outage was planned or was not. It stands whatever the source says later."""

    outage = models.ForeignKey(Outage, models.CASCADE, related_name="reclassifications")
    kind = models.CharField(_("counts as"), max_length=9, choices=OutageKind)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    made = models.DateTimeField(_("made"), default=timezone.now)

    objects = ReclassificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reclassification")
        verbose_name_plural = _("reclassifications")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.outage}: {self.get_kind_display()}"
