"""The adjectives: shares as they stand on a day, measurements that hold, what is due."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from benefits.arithmetic import Status
from partnership.access import Permission, SharedQuerySet, TenantQuerySet

LANGUAGES = ("nb", "nn", "en")
WORST_FIRST = (Status.NOT_MEASURED, Status.NOT_GOOD_ENOUGH, Status.GOOD_ENOUGH, Status.ON_TARGET)
UNMEASURED = Q(newest_value__isnull=True) | Q(baseline__isnull=True)


class Months(Func):
    """A number of months as an interval; the day is kept, or the last of a shorter month."""

    function = "make_interval"
    template = "%(function)s(months => %(expressions)s)"
    output_field = DurationField()


def holding(text: str, *fields: str, within: str = "") -> Q:
    """The text stands in one of the fields, in any language."""
    names = [f"{within}{field}_{language}" for field in fields for language in LANGUAGES]
    return Q(*((f"{name}__icontains", text) for name in names), _connector=Q.OR)


def _come(level: str) -> Q:
    """Has the newest value come as far as this level, whichever way is better?"""
    return Q(target__gt=F("baseline"), newest_value__gte=F(level)) | Q(
        target__lt=F("baseline"), newest_value__lte=F(level)
    )


class GoalQuerySet(SharedQuerySet[Any]):
    seen_with = Permission.SEE_BENEFITS


class BenefitQuerySet(SharedQuerySet[Any]):
    seen_with = Permission.SEE_BENEFITS

    def matching(self, text: str) -> "BenefitQuerySet":
        return self.filter(Q(code__istartswith=text) | holding(text, "name", "indicator"))


class ShareQuerySet(TenantQuerySet[Any]):
    seen_with = Permission.SEE_BENEFITS

    def matching(self, text: str) -> "ShareQuerySet":
        """Code, or part of what the benefit is called or measures, or of who owns it."""
        named = holding(text, "name", "indicator", within="benefit__")
        return self.filter(Q(benefit__code__istartswith=text) | named | Q(owner__name__icontains=text))

    def standing(self, on: date | None = None) -> "ShareQuerySet":
        """With `newest_value`, `newest_on` and `standing` as they are known of a day, today unless one is given.

        `standing` is the status that `arithmetic.Way` gives, so that lists can be narrowed and sorted by it.
        """
        until, measurements = on or timezone.localdate(), self.model._meta.get_field("measurements").related_model
        newest = measurements.objects.filter(share=OuterRef("pk"), is_current=True, day__lte=until).order_by("-day")
        return self.annotate(
            newest_value=Subquery(newest.values("value")[:1]), newest_on=Subquery(newest.values("day")[:1])
        ).annotate(
            standing=Case(
                When(UNMEASURED, then=models.Value(Status.NOT_MEASURED.value)),
                When(_come("target"), then=models.Value(Status.ON_TARGET.value)),
                When(_come("good_enough"), then=models.Value(Status.GOOD_ENOUGH.value)),
                default=models.Value(Status.NOT_GOOD_ENOUGH.value),
                output_field=CharField(),
            )
        )

    def worst_first(self) -> "ShareQuerySet":
        """The unmeasured first. Wants `standing`."""
        ranks = [When(standing=status.value, then=models.Value(rank)) for rank, status in enumerate(WORST_FIRST)]
        return self.annotate(rank=Case(*ranks, output_field=IntegerField())).order_by(
            "rank", "benefit__code", "organisation__sort_key"
        )

    def with_due_day(self) -> "ShareQuerySet":
        """With `due_on`, the day the next measurement falls due; None where none was ever made. Wants `standing`."""
        return self.annotate(due_on=Cast(F("newest_on") + Months(F("benefit__frequency")), DateField()))

    def due(self, today: date) -> "ShareQuerySet":
        """Never measured, or not for as long as the benefit says. Wants `standing`."""
        return self.with_due_day().filter(Q(due_on__isnull=True) | Q(due_on__lte=today))


class MeasurementQuerySet(TenantQuerySet[Any]):
    organisation_path = "share__organisation"
    seen_with = Permission.SEE_BENEFITS

    def holding(self) -> "MeasurementQuerySet":
        return self.filter(is_current=True)

    def told(self) -> "MeasurementQuerySet":
        """With what a page or a file says of them."""
        return self.select_related("share__benefit", "share__organisation", "by", "corrects")
