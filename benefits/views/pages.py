"""What the pages of these rooms share: the way to them."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from benefits.models import Benefit, BenefitShare, Goal
from partnership.views.pages import Crumb, Tab

ROOMS = ("benefits:share-list", "benefits:goal-list")


def rooms(request: HttpRequest) -> list[Tab]:
    labels = (_("Register"), _("Goals"))
    return [Tab(label, reverse(name), reverse(name) == request.path) for name, label in zip(ROOMS, labels, strict=True)]


def crumbs(*trail: Crumb) -> list[Crumb]:
    """From home by way of the register to the page itself, which is last."""
    return [(_("Home"), reverse("portal:home")), (_("Benefits"), reverse("benefits:share-list")), *trail]


def way_to_goals(*trail: Crumb) -> list[Crumb]:
    return crumbs((_("Goals"), reverse("benefits:goal-list")), *trail)


def way_to_goal(goal: Goal, *trail: Crumb) -> list[Crumb]:
    return way_to_goals((goal.name, reverse("benefits:goal-detail", args=[goal.pk])), *trail)


def way_to_benefit(benefit: Benefit, *trail: Crumb) -> list[Crumb]:
    return crumbs((benefit.name, reverse("benefits:benefit-detail", args=[benefit.pk])), *trail)


def way_to_share(share: BenefitShare, *trail: Crumb) -> list[Crumb]:
    here = (share.organisation.name, reverse("benefits:share-detail", args=[share.pk]))
    return way_to_benefit(share.benefit, here, *trail)
