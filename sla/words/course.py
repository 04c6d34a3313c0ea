"""How a metric went month by month, in words: the finding, what its limits say, the file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kit.charts import ControlLimits
from sla.figures.course import Course, Part
from sla.levels import Level
from sla.models import Metric
from sla.words import plain

LATEST = 3
"""So many months are the newest."""


def judgement(values: Sequence[float | None], limits: ControlLimits | None) -> str:
    if limits is None:
        return _("Too few months for control limits; the line shows only how it went.")
    known = [value for value in values if value is not None]
    below = [value < limits.lower for value in known]
    if any(below[-LATEST:]):
        return _("The newest months are below the lower limit. That has a cause, which can be found and mended.")
    if all(limits.hold(value) for value in known):
        return _(
            "All points are within the limits: one good or bad month means little. "
            "The level changes only when the way of working does."
        )
    return _("Single months are outside the limits, but not the newest. The level now is within what is usual.")


def title(found: Course) -> str:
    """«E-post: 92,3 % løst i tide de siste 12 månedene, målet er 90 %»."""
    level = found.lately
    if not level.counted:
        return _("%(name)s: not measured in the last 12 months") % {"name": found.name}
    words = {
        Metric.RESOLUTION: _("%(name)s: %(share)s solved in time in the last 12 months, the target is %(wanted)s"),
        Metric.RESPONSE: _("%(name)s: %(share)s answered in time in the last 12 months, the target is %(wanted)s"),
        Metric.AVAILABILITY: _("%(name)s: %(share)s available in the last 12 months, the target is %(wanted)s"),
    }
    return words[found.metric] % ({"name": found.name} | shares(level, found.metric))


def shares(level: Level, metric: Metric) -> dict[str, str]:
    wanted = level.wanted_percent(plain.decimals_of(metric))
    return {
        "share": plain.percentage(level, metric),
        "wanted": plain.per_cent(wanted) if wanted is not None else "–",
    }


def label(found: Course, part: Part | None = None) -> str:
    """«E-post, løst i tide»."""
    name = part.name if part else found.name
    return f"{name}, {str(plain.METRIC_NAMES[found.metric]).lower()}"


def file_head() -> list[Any]:
    return [_("Service"), _("Owner"), _("Metric"), _("Month"), _("Held"), _("Counted"), _("Held, %"), _("Status")]


def file_rows(found: Course) -> Iterator[list[Any]]:
    """A row a month for each of its parts, where something was measured."""
    decimals = plain.decimals_of(found.metric)
    for part in found.parts:
        for month, level in zip(found.months, part.levels, strict=True):
            if level.counted:
                yield [
                    part.service, part.organisation, plain.METRIC_NAMES[found.metric], f"{month:%Y-%m}", level.met,
                    level.counted, level.percent(decimals), level.status.label,
                ]  # fmt: skip
