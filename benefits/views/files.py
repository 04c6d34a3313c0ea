"""Shares and measurements as files for people."""

from typing import Any

from django.utils.translation import gettext as _

from benefits.arithmetic import Status, percent
from benefits.models import BenefitShare, Measurement
from benefits.words import STATUS_WORDS


def share_head() -> list[Any]:
    return [
        _("Code"), _("Benefit"), _("Type"), _("Goal"), _("Municipality"), _("Benefit owner"), _("Unit"),
        _("Baseline"), _("Baseline measured on"), _("Target"), _("Target to be reached on"), _("Good enough"),
        _("Newest"), _("Measured on"), _("Achievement, %"), _("Status"),
    ]  # fmt: skip


def share_cells(share: BenefitShare) -> list[Any]:
    benefit, achievement = share.benefit, share.way and share.way.achievement(share.newest_value)
    return [
        benefit.code,
        benefit.name,
        benefit.get_type_display(),
        benefit.goal,
        share.organisation,
        share.owner,
        benefit.get_unit_display(),
        share.baseline,
        share.baseline_on,
        share.target,
        share.target_on,
        share.good_enough,
        share.newest_value,
        share.newest_on,
        None if achievement is None else percent(achievement),
        STATUS_WORDS[Status(share.standing)],
    ]


def measurement_head() -> list[Any]:
    return [_("Measured on"), _("Value"), _("Source"), _("Note"), _("Registered"), _("Registered by"), _("Holds")]


def measurement_cells(one: Measurement) -> list[Any]:
    return [one.day, one.value, one.source, one.note, one.registered, one.by, _("yes") if one.is_current else _("no")]
