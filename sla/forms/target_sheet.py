"""A sheet of targets: a line for each priority and deadline, and availability, beside a form of what else is typed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm
from partnership.models import Organisation, User
from services.models import ServiceCalendar
from sla.actions.agreements import Promise
from sla.figures.agreements import Edition
from sla.forms.agreements import LINES, TargetForm, UptimeForm
from sla.models import Metric, Target
from sla.words import agreements as words


class TargetSheet:
    """Speaks to the error summary as a form does. `targets` are those it starts with, by priority and metric."""

    def __init__(
        self, data: Any, *, form: ActionForm, user: User, targets: Mapping[tuple[int | None, str], Target]
    ) -> None:
        self.form = form
        calendars = ServiceCalendar.objects.visible_to(user)
        self.lines = [
            TargetForm(
                data, priority=priority, metric=metric, target=targets.get((priority, metric)), calendars=calendars
            )
            for priority, metric in LINES
        ]
        self.uptime = UptimeForm(data, target=targets.get((None, Metric.AVAILABILITY)), calendars=calendars)

    def editing(self, row: Model, *, seen: str = "") -> Self:
        self.form.editing(row, seen=seen)
        return self

    @property
    def seen(self) -> str:
        return self.form.seen

    def perform(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """What the action gives back; None when the sheet or the action refused it."""
        return self.form.perform(action, **arguments) if self.is_valid() else None

    def promises(self) -> list[Promise]:
        """Of a sheet that is valid."""
        return [promise for form in (*self.lines, self.uptime) if (promise := form.promise())]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self._forms()]
        return all(valid)

    @property
    def is_bound(self) -> bool:
        return self.form.is_bound

    @property
    def heads(self) -> list[Any]:
        """Of the table of deadlines."""
        return TargetForm.heads()

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self._forms() if form.errors]

    def non_field_errors(self) -> list[Any]:
        named = [
            _("%(line)s: %(error)s") % {"line": line.name, "error": error}
            for line in self.lines
            for error in line.non_field_errors()
        ]
        return [*self.form.non_field_errors(), *named, *self.uptime.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for form in self._forms() for field in form)

    def _forms(self) -> list[Any]:
        return [self.form, *self.lines, self.uptime]


class DeviationSheet(TargetSheet):
    """What one organisation is promised in the place of what is common; each line tells what that is."""

    def __init__(self, data: Any, *, user: User, edition: Edition, organisation: Organisation) -> None:
        super().__init__(data, form=ActionForm(data), user=user, targets=edition.of(organisation))
        common = edition.of(None)
        for line in self.lines:
            line.common = words.common(common.get((line.priority, line.metric)))
        self.common_uptime = words.common(common.get((None, Metric.AVAILABILITY)))
