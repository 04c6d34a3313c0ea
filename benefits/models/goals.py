"""Goals: what the cooperation is to achieve for inhabitants, for the municipalities and in the ICT itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.querysets import GoalQuerySet
from partnership.history import tracked
from partnership.models import Organisation
from partnership.models.organisations import sort_key
from partnership.translated import translated


class GoalKind(models.TextChoices):
    """An effect is owned by a line that uses ICT; operations are owned by the company that runs it."""

    EFFECT = "effect", _("effect goal")
    OPERATIONAL = "operational", _("operational goal")


class Layer(models.TextChoices):
    """Whom it is good for."""

    INHABITANTS = "inhabitants", _("inhabitants")
    OPERATIONS = "operations", _("operations of the municipality")
    ICT = "ict", _("ICT")


@tracked()
class Goal(models.Model):
    """What is to be achieved, how much of it is enough, and who decided so."""

    kind = models.CharField(_("kind"), max_length=11, choices=GoalKind, default=GoalKind.EFFECT)
    layer = models.CharField(_("layer"), max_length=11, choices=Layer, default=Layer.OPERATIONS)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="goals",
        null=True,
        blank=True,
        verbose_name=_("owned by"),
        help_text=_("An effect goal is owned by a municipality, an operational goal by the company."),
    )
    name_nb = models.CharField(_("name, bokmål"), max_length=100)
    name_nn = models.CharField(_("name, nynorsk"), max_length=100, blank=True)
    name_en = models.CharField(_("name, English"), max_length=100, blank=True)
    target_nb = models.CharField(_("target, bokmål"), max_length=200)
    target_nn = models.CharField(_("target, nynorsk"), max_length=200, blank=True)
    target_en = models.CharField(_("target, English"), max_length=200, blank=True)
    good_enough_nb = models.CharField(_("good enough, bokmål"), max_length=200)
    good_enough_nn = models.CharField(_("good enough, nynorsk"), max_length=200, blank=True)
    good_enough_en = models.CharField(_("good enough, English"), max_length=200, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=100)
    decided_on = models.DateField(_("decided on"))
    sort_key = sort_key("name_nb")

    objects = GoalQuerySet.as_manager()

    name = translated("name")
    target = translated("target")
    good_enough = translated("good_enough")

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="effect", organisation__isnull=False)
                | models.Q(kind="operational", organisation__isnull=True),
                name="effect_goal_has_an_owner_in_the_line",
                violation_error_message=_(
                    "An effect goal is owned by a municipality; an operational goal is the company's and has no "
                    "other owner."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)
