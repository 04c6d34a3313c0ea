"""A sheet of targets: a line for each deadline, availability, a line for each lead time, and what else is typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm
from partnership.models import Organisation, User
from services.models import Service, ServiceCalendar
from sla.actions.agreements import Promise
from sla.figures.agreements import Edition, Line
from sla.forms.agreements import LINES, TargetForm, UptimeForm
from sla.forms.lead_times import LeadTimeForm
from sla.models import Impact, Metric, Target
from sla.words import agreements as words

NOTHING: Mapping[Any, Target] = MappingProxyType({})


class TargetSheet:
    """Speaks to the error summary as a form does. `targets` are those it starts with, and `lead_times` by service;
    `services` are those of which one may say a lead time. None where it says nothing but deadlines. `usual` are the
    targets that hold where a line is empty; what else is typed of a line starts from them.
    """

    uptime: UptimeForm | None = None
    lead_times: Sequence[LeadTimeForm] = ()

    def __init__(
        self,
        data: Any,
        *,
        form: ActionForm,
        user: User,
        targets: Mapping[Line, Target],
        lead_times: Mapping[Service | None, Target],
        services: Sequence[Service] | None,
        usual: Mapping[Line, Target] = NOTHING,
        usual_lead_times: Mapping[Service | None, Target] = NOTHING,
    ) -> None:
        self.form = form
        calendars = ServiceCalendar.objects.visible_to(user)

        def of(line: Line) -> dict[str, Any]:
            return {"target": targets.get(line), "usual": usual.get(line), "calendars": calendars}

        self.lines = [TargetForm(data, priority=line[0], metric=line[1], **of(line)) for line in LINES]
        if services is not None:
            self.uptime = UptimeForm(data, **of((None, Metric.AVAILABILITY)))
            self.lead_times = [
                LeadTimeForm(data, service=one, target=lead_times.get(one), usual=usual_lead_times.get(one))
                for one in (None, *services)
            ]

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
        return [promise for form in self._forms()[1:] if (promise := form.promise())]

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
    def lead_time_heads(self) -> list[Any]:
        return LeadTimeForm.heads()

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self._forms() if form.errors]

    def non_field_errors(self) -> list[Any]:
        named = [
            _("%(line)s: %(error)s") % {"line": line.name, "error": error}
            for line in (*self.lines, *self.lead_times)
            for error in line.non_field_errors()
        ]
        uptime = self.uptime.non_field_errors() if self.uptime else []
        return [*self.form.non_field_errors(), *named, *uptime]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for form in self._forms() for field in form)

    def _forms(self) -> list[Any]:
        uptime = [self.uptime] if self.uptime else []
        return [self.form, *self.lines, *uptime, *self.lead_times]


class DeviationSheet(TargetSheet):
    """What one organisation, or incidents of one impact, are promised in the place of what is common; each line tells
    what that is.
    """

    common_uptime = ""

    def __init__(
        self, data: Any, *, user: User, edition: Edition, organisation: Organisation | None, impact: Impact | None
    ) -> None:
        common = edition.of() | (edition.of(organisation) | edition.of(None, impact) if organisation and impact else {})
        super().__init__(
            data,
            form=ActionForm(data),
            user=user,
            targets=edition.of(organisation, impact),
            lead_times=edition.lead_times(organisation),
            services=None if impact else edition.services,
            usual=common,
            usual_lead_times=edition.lead_times(),
        )
        for line in self.lines:
            line.common = words.common(common.get((line.priority, line.metric)))
        if self.uptime:
            self.common_uptime = words.common(common.get((None, Metric.AVAILABILITY)))
        lead_times = edition.lead_times()
        for one in self.lead_times:
            one.common = words.common(lead_times.get(one.service))
