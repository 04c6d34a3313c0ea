"""The bodies that decide, and who sits in them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, SharedQuerySet
from partnership.history import tracked
from partnership.models.organisations import Organisation, sort_key
from partnership.models.people import User
from partnership.periods import PeriodModel, PeriodQuerySet
from partnership.translated import translated

EXPIRES_SOON = timedelta(days=90)
EQUAL, OVERLAPS = RangeOperators.EQUAL, RangeOperators.OVERLAPS


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("council of representatives")
    BOARD = "board", _("board")
    OWNERS_MEETING = "owners_meeting", _("owners' meeting")
    BUYERS = "buyers", _("buyers' committee")
    EXPERTS = "experts", _("expert group")
    JOINT_BOARD = "joint_board", _("joint elected board")
    OWN = "own", _("own kind")


class BodyQuerySet(SharedQuerySet["Body"]):
    seen_with = Permission.SEE_BODIES

    def sat_in_by(self, user: Any) -> Self:
        """Those in which the person sits today, as member or deputy."""
        return self.filter(pk__in=Seat.objects.current().filter(user=user.pk).values("body"))

    def led_by(self, user: Any) -> Self:
        return self.filter(pk__in=Seat.objects.current().filter(user=user.pk, role=SeatRole.CHAIR).values("body"))


@tracked()
class Body(models.Model):
    """A body of the partnership, and the rules it has laid down for itself."""

    kind = models.CharField(_("kind"), max_length=14, choices=BodyKind)
    name_nb = models.CharField(_("name, bokmål"), max_length=100, unique=True)
    name_nn = models.CharField(_("name, nynorsk"), max_length=100, blank=True)
    name_en = models.CharField(_("name, English"), max_length=100, blank=True)
    is_open = models.BooleanField(
        _("open meetings"), default=False, help_text=_("Agenda and case papers are then for everybody with a role.")
    )
    quorum_by_votes = models.BooleanField(
        _("enough present is reckoned by votes"),
        default=False,
        help_text=_("Else by members. More than half must be present."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("notice, days"), default=14, validators=[MaxValueValidator(365)], help_text=_("From the call to the meeting.")
    )
    deputies_wanted = models.PositiveSmallIntegerField(
        _("deputies for each member"), default=0, validators=[MaxValueValidator(10)]
    )
    rule_source = models.CharField(
        _("where the rules stand"), max_length=200, blank=True, help_text=_("Law and section, or the agreement.")
    )
    sort_key = sort_key("name_nb")

    objects = BodyQuerySet.as_manager()

    name = translated("name")

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    DEPUTY_CHAIR = "deputy_chair", _("deputy chair")
    MEMBER = "member", _("member")
    DEPUTY = "deputy", _("deputy member")


SITTING_ORDER = models.Case(
    *(models.When(role=role, then=place) for place, role in enumerate(SeatRole)), output_field=models.IntegerField()
)


class SeatQuerySet(PeriodQuerySet["Seat"], SharedQuerySet["Seat"]):
    seen_with = Permission.SEE_BODIES

    def members(self) -> Self:
        return self.exclude(role=SeatRole.DEPUTY)

    def deputies(self) -> Self:
        return self.filter(role=SeatRole.DEPUTY)

    def in_order(self) -> Self:
        """Chair first, deputies last and by rank."""
        return self.order_by(SITTING_ORDER, "organisation__sort_key", "rank", "pk")


@tracked()
class Seat(PeriodModel):
    """A person in a body for a time. A deputy stands in for one seat, for an owner's seats, or for all, by rank."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name=_("body"))
    user = models.ForeignKey(
        User, models.PROTECT, related_name="seats", null=True, blank=True, verbose_name=_("person who logs in")
    )
    person_name = models.CharField(_("name"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="seats", null=True, blank=True, verbose_name=_("for which owner")
    )
    deputy_of = models.ForeignKey(
        "self", models.PROTECT, related_name="deputies", null=True, blank=True, verbose_name=_("deputy of")
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    appointed_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("appointed by")
    )
    resolution = models.CharField(_("resolution"), max_length=100, blank=True, help_text=_("Case number and date."))
    weight = models.DecimalField(
        _("votes"), max_digits=9, decimal_places=3, default=Decimal(1), validators=[MinValueValidator(Decimal(0))]
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, person_name="")
                | (models.Q(user__isnull=True) & ~models.Q(person_name="")),
                name="seat_has_one_holder",
                violation_error_message=_("Choose a person who logs in, or write a name; one of them."),
            ),
            models.CheckConstraint(
                condition=models.Q(role="deputy", rank__isnull=False)
                | (~models.Q(role="deputy") & models.Q(rank__isnull=True, deputy_of__isnull=True)),
                name="deputies_and_only_they_have_a_rank",
                violation_error_message=_("A deputy has a rank; others have none and are nobody's deputy."),
            ),
            ExclusionConstraint(
                name="person_once_in_a_body_at_a_time",
                expressions=[("body", EQUAL), ("user", EQUAL), ("period", OVERLAPS)],
                violation_error_message=_("The person sits in this body in part of this period already."),
            ),
            ExclusionConstraint(
                name="name_once_in_a_body_at_a_time",
                expressions=[("body", EQUAL), ("person_name", EQUAL), ("period", OVERLAPS)],
                condition=~models.Q(person_name=""),
                violation_error_message=_("Somebody with this name sits in this body in part of this period already."),
            ),
            ExclusionConstraint(
                name="one_chair_at_a_time",
                expressions=[("body", EQUAL), ("period", OVERLAPS)],
                condition=models.Q(role="chair"),
                violation_error_message=_("The body has another chair in part of this period."),
            ),
            ExclusionConstraint(
                name="one_deputy_of_a_rank_at_a_time",
                expressions=[
                    ("body", EQUAL),
                    (Coalesce("deputy_of", 0), EQUAL),
                    (Coalesce("organisation", 0), EQUAL),
                    ("rank", EQUAL),
                    ("period", OVERLAPS),
                ],
                condition=models.Q(role="deputy"),
                violation_error_message=_("Another deputy has this rank in part of this period."),
            ),
        ]

    def __str__(self) -> str:
        return self.holder

    @property
    def holder(self) -> str:
        return self.user.name if self.user else self.person_name

    @property
    def is_deputy(self) -> bool:
        return self.role == SeatRole.DEPUTY

    @property
    def expires_soon(self) -> bool:
        return self.last_day is not None and self.last_day - timezone.localdate() <= EXPIRES_SOON

    def may_stand_in_for(self, member: "Seat") -> bool:
        """A deputy of that seat; else of its owner; else of the whole body."""
        if self.deputy_of_id:
            return self.deputy_of_id == member.pk
        return self.organisation_id is None or self.organisation_id == member.organisation_id
