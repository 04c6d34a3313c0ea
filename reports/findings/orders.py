"""Headings and sentences about orders, made by rules from the figures."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import voice
from reports.findings.standing import FEWEST
from services.models import ProductGroup
from services.reporting import GroupOrders, OrderFigures, Orders

A_YEAR = 4


def orders_title(orders: Orders) -> str:
    now = orders.now
    if not now.delivered:
        return _("No order was delivered in the quarter")
    if not now.late:
        return _("Every order came by the date that was promised")
    return on_time(now)


def on_time(figures: OrderFigures) -> str:
    """«31 av 34 bestillinger kom innen lovet dato»."""
    values = {"on_time": voice.number(figures.on_time), "delivered": voice.number(figures.delivered)}
    words = ngettext(
        "%(on_time)s of %(delivered)s order came by the date that was promised",
        "%(on_time)s of %(delivered)s orders came by the date that was promised",
        figures.delivered,
    )
    return words % values


def orders_lede(orders: Orders) -> str:
    now = orders.now
    told = _("%(placed)s were placed and %(delivered)s delivered.") % {
        "placed": voice.number(now.placed),
        "delivered": voice.number(now.delivered),
    }
    return " ".join(part for part in (told, lead(now), _a_year_ago(orders)) if part)


def lead(figures: OrderFigures) -> str:
    if figures.lead_days is None:
        return ""
    words = _("Half took at most %(days)s working days from sent to delivered.")
    return words % {"days": voice.number(figures.lead_days.normalize())}


def _a_year_ago(orders: Orders) -> str:
    before = orders.series[-1 - A_YEAR] if len(orders.series) > A_YEAR else None
    if before is None or not before.delivered:
        return ""
    words = _("A year ago %(on_time)s of %(delivered)s came by the date.")
    return words % {"on_time": voice.number(before.on_time), "delivered": voice.number(before.delivered)}


def groups_title(orders: Orders) -> str:
    """The group that is late most often, where there are orders enough to say so."""
    late = [one for one in orders.by_group if one.figures.late and one.figures.delivered >= FEWEST]
    if not late:
        return _("No product group comes late more often than the others")
    worst = max(late, key=lambda one: (one.figures.late / one.figures.delivered, one.group))
    return _("%(group)s come late most often: %(counts)s") % {
        "group": group_name(worst),
        "counts": voice.of_all(worst.figures.late, worst.figures.delivered),
    }


def group_name(one: GroupOrders) -> str:
    return voice.capital(str(ProductGroup(one.group).label))
