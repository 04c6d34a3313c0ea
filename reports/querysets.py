"""The adjectives of reports."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q

from kit.quarters import Quarter
from partnership.access import Permission, holds, holds_anywhere

HEAVY = ("figures",)


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> Self:
        """Who prepares reports sees every one; who reads them, those that are published."""
        if holds(user, Permission.PREPARE_REPORTS):
            return self.all()
        return self.published() if holds_anywhere(user, Permission.SEE_REPORTS) else self.none()

    def published(self) -> Self:
        return self.filter(status="published")

    def of(self, quarter: Quarter) -> Self:
        return self.filter(year=quarter.year, quarter=quarter.number)

    def before(self, quarter: Quarter) -> Self:
        """Of an earlier quarter, the newest first."""
        return self.filter(Q(year__lt=quarter.year) | Q(year=quarter.year, quarter__lt=quarter.number))

    def unread_by(self, user: Any) -> Self:
        """Published to this person, and not yet opened by her."""
        return self.published().filter(distributions__person=user).exclude(readings__person=user)

    def light(self) -> Self:
        """Without the figures, for lists."""
        return self.defer(*HEAVY)

    def with_readers(self) -> Self:
        """Adds `told`, `sent` and `read`: who was to be told, to how many it went, how many of those have opened it.

        And `read_by_others`: how many have opened it without being told.
        """
        told = Q(readings__person__in=F("distributions__person"))
        return self.annotate(
            told=Count("distributions", distinct=True),
            sent=Count("distributions", filter=Q(distributions__sent_at__isnull=False), distinct=True),
            read=Count("readings", filter=told, distinct=True),
            read_by_others=Count("readings", distinct=True) - F("read"),
        )


class OfEditionQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that belong to an edition and are seen with it."""

    def visible_to(self, user: Any) -> Self:
        editions = self.model._meta.get_field("edition").related_model.objects.visible_to(user)
        return self.filter(edition__in=editions)


class OfPersonQuerySet[M: models.Model](models.QuerySet[M]):
    """One's own; others' are told as a total."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(person=user) if user.is_authenticated else self.none()


class RenderingQuerySet(OfEditionQuerySet["Rendering"]):
    def of_board(self) -> Self:
        return self.filter(organisation=None)

    def own(self, owner: int) -> Self:
        """An owner's own editions."""
        return self.filter(organisation=owner)
