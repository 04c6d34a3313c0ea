"""Orders: what a municipality asks for, every move it made, and who was told of it."""

from datetime import date, timedelta
from typing import Any, Self
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission, TenantQuerySet
from partnership.events import deletions
from partnership.history import tracked
from partnership.letters import LetterQuerySet
from partnership.models import Organisation, User
from services.models.catalogue import Service
from services.treatments import AT_THE_DESK, OPEN, TREATMENTS, Act, State, Treatment

MOST = 9999
RECENT = timedelta(days=90)


def _where(user: Any, permission: Permission) -> Q:
    organisations = access.reach(user, permission)
    return Q() if organisations is None else Q(organisation__in=organisations)


def was_discarded(pk: int, user: Any) -> bool:
    """Whether a draft with this id, of an organisation that this person places orders for, has been deleted."""
    return deletions(Order, pk).filter(_where(user, Permission.PLACE_ORDERS)).exists()


class OrderQuerySet(TenantQuerySet["Order"]):
    seen_with = Permission.SEE_ORDERS

    def visible_to(self, user: Any) -> Self:
        """A draft exists only for those who may send it."""
        return super().visible_to(user).filter(~Q(state=State.DRAFT) | _where(user, Permission.PLACE_ORDERS))

    def sent(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def late(self, today: date) -> Self:
        """At the desk, and the promised date has passed."""
        return self.filter(state__in=AT_THE_DESK, promised_on__lt=today)

    def waiting_for(self, user: Any) -> Self:
        """Those whose next step is this person's."""
        approve = Q(state=State.WAITING) & _where(user, Permission.APPROVE_ORDERS) & ~Q(placer=user.pk)
        handle = Q(state__in=AT_THE_DESK) & _where(user, Permission.HANDLE_ORDERS)
        receive = Q(state=State.DELIVERED) & _where(user, Permission.PLACE_ORDERS)
        return self.visible_to(user).filter(approve | handle | receive)

    def sent_between(self, first: date, last: date) -> Self:
        return self.sent().filter(sent_at__date__range=(first, last))

    def delivered_between(self, first: date, last: date) -> Self:
        return self.filter(delivered_at__date__range=(first, last))

    def recently_delivered(self, today: date) -> Self:
        return self.delivered_between(today - RECENT, today)

    def on_time(self) -> Self:
        """Judged by the date first promised: a date that is moved makes nothing timely."""
        return self.filter(delivered_at__date__lte=F("first_promised_on"))

    def delivered_late(self) -> Self:
        return self.filter(delivered_at__isnull=False).exclude(delivered_at__date__lte=F("first_promised_on"))

    def matching(self, text: str) -> Self:
        """Number, description or the name of the service."""
        names = Q(service__name_nb__icontains=text) | Q(service__name_nn__icontains=text)
        return self.filter(
            Q(number__icontains=text) | Q(description__icontains=text) | names | Q(service__name_en__icontains=text)
        )

    def by_promise(self) -> Self:
        """What was promised first comes first; what nobody has promised yet, last."""
        return self.order_by(F("promised_on").asc(nulls_last=True), "sent_at", "pk")


@tracked()
class Order(models.Model):
    """What an organisation asks of a service. It has its number from when it is sent."""

    number = models.CharField(_("number"), max_length=12, null=True, blank=True, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="orders", verbose_name=_("organisation")
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="orders", verbose_name=_("service"))
    placer = models.ForeignKey(User, models.PROTECT, related_name="orders", verbose_name=_("placed by"))
    token = models.UUIDField(_("key of the form it was written in"), default=uuid4, editable=False)
    quantity = models.PositiveSmallIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    wished_on = models.DateField(_("wished date"), null=True, blank=True)
    description = models.TextField(_("description"), max_length=2000)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    account = models.CharField(_("account string"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(_("moves so far"), default=0, editable=False)
    since = models.DateTimeField(_("in this state since"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    first_promised_on = models.DateField(_("first promised date"), null=True, blank=True)
    promised_on = models.DateField(_("promised date"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="order_by_organisation"),
            models.Index(fields=["service", "delivered_at"], name="order_by_delivery"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["placer", "token"],
                name="order_once_for_a_form",
                violation_error_message=_("This order is saved already."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, number=None) | ~Q(state=State.DRAFT) & Q(number__isnull=False),
                name="order_has_a_number_once_sent",
                violation_error_message=_("An order has a number from when it is sent, and a draft has none."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, MOST)),
                name="order_quantity_is_1_to_9999",
                violation_error_message=_("Order at least one, and at most 9999."),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft"))

    @property
    def treatment(self) -> Treatment:
        return TREATMENTS[self.service.group]

    def is_late(self, today: date) -> bool:
        return self.state in AT_THE_DESK and self.promised_on is not None and self.promised_on < today


class OrderMoveQuerySet(TenantQuerySet["OrderMove"]):
    organisation_path = "order__organisation"
    seen_with = Permission.SEE_ORDERS


@tracked()
class OrderMove(models.Model):
    """What a person did to an order, when, and what she said: a move, or a comment."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="moves", verbose_name=_("order"))
    act = models.CharField(_("what was done"), max_length=8, choices=Act)
    by = models.ForeignKey(User, models.PROTECT, related_name="order_moves", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))
    note = models.TextField(_("reason or comment"), max_length=2000, blank=True)
    promised_on = models.DateField(_("promised date"), null=True, blank=True)

    objects = OrderMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of an order")
        verbose_name_plural = _("moves of orders")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.order}: {self.get_act_display()}"


class OrderLetterQuerySet(LetterQuerySet["OrderLetter"]):
    written_at = "move__at"


@tracked()
class OrderLetter(models.Model):
    """An e-mail about a move to one person: written down with the move, noted when it has left."""

    move = models.ForeignKey(OrderMove, models.CASCADE, related_name="letters", verbose_name=_("move of an order"))
    person = models.ForeignKey(User, models.CASCADE, related_name="order_letters", verbose_name=_("person"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OrderLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail about an order")
        verbose_name_plural = _("e-mails about orders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["move", "person"],
                name="order_letter_once",
                violation_error_message=_("The person has been told of this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.move} → {self.person}"
