"""Goals: what is to be achieved, who decided so, and which benefits lead there."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from benefits import words
from benefits.actions.register import change_goal, set_goal
from benefits.forms import GoalForm
from benefits.models import Goal
from benefits.tables import GoalTable
from benefits.views.pages import rooms, way_to_goal, way_to_goals
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import csv_file, file_url, posted, wants_file
from services.views.pages import form_page

FORM = "benefits/wording_form.html"


def goal_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_BENEFITS)
    goals = Goal.objects.visible_to(request.user).select_related("organisation")
    table = GoalTable(goals.annotate(benefit_count=Count("benefits")))
    RequestConfig(request, paginate=False).configure(table)
    if wants_file(request):
        return csv_file("mal", goal_head(), (goal_cells(goal) for goal in table.data))
    context = {
        "table": table,
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_BENEFITS),
        "tabs": rooms(request),
        "crumbs": way_to_goals(),
        "title": _("Goals"),
        "state": _("A goal says what is to be achieved and what is good enough. Benefits lead to it."),
    }
    return render_page(request, "benefits/goal_list.html", context)


def goal_head() -> list[Any]:
    return [
        _("Goal"), _("Kind of goal"), _("Owned by"), _("Good for"), _("Target"), _("Good enough"),
        _("Decided by"), _("Decided on"), _("Benefits"),
    ]  # fmt: skip


def goal_cells(goal: Any) -> list[Any]:
    return [
        goal.name,
        goal.get_kind_display(),
        goal.organisation or _("The company"),
        goal.get_layer_display(),
        goal.target,
        goal.good_enough,
        goal.decided_by,
        goal.decided_on,
        goal.benefit_count,
    ]


def goal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _goal(request, pk)
    context = {
        "goal": goal,
        "facts": goal_facts(goal),
        "benefits": goal.benefits.visible_to(request.user),
        "can_manage": access.holds(request.user, Permission.MANAGE_BENEFITS),
        "crumbs": way_to_goal(goal),
        "title": goal.name,
        "above": capfirst(goal.get_kind_display()),
        "state": goal.target,
    }
    return render_page(request, "benefits/goal_detail.html", context)


def goal_facts(goal: Goal) -> list[tuple[str, Any]]:
    return [
        (_("Owned by"), goal.organisation or _("The company")),
        (_("Good for"), capfirst(goal.get_layer_display())),
        (_("Target"), goal.target),
        (_("Good enough"), goal.good_enough),
        (_("Decided by"), goal.decided_by),
        (_("Decided on"), words.day(goal.decided_on)),
    ]


def goal_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_BENEFITS)
    form = GoalForm(posted(request), user=request.user)
    if goal := form.perform(set_goal, by=request.user):
        return _said_and_shown(request, goal)
    return form_page(request, form, title=_("New goal"), trail=way_to_goals(), template=FORM)


def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _goal(request, pk)
    access.require(request.user, Permission.MANAGE_BENEFITS)
    form = GoalForm(posted(request), initial=model_to_dict(goal), user=request.user).editing(goal)
    if form.perform(change_goal, goal=goal, by=request.user):
        return _said_and_shown(request, goal)
    return form_page(request, form, title=_("Edit the goal"), trail=way_to_goal(goal), template=FORM)


def _goal(request: HttpRequest, pk: int) -> Goal:
    return get_object_or_404(Goal.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _said_and_shown(request: HttpRequest, goal: Goal) -> HttpResponse:
    messages.success(request, _("%(goal)s is saved.") % {"goal": goal})
    return redirect("benefits:goal-detail", goal.pk)
