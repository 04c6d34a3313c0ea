"""The lists of these rooms: columns, words and order."""

from typing import Any

import django_tables2 as tables
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum.no import orgnr

from kit import formats
from partnership.figures import written
from partnership.models import Municipality, Participation, RoleGrant, User

NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}, "tf": {"class": "number"}}
SHARE_DECIMALS = 2


def language() -> str:
    return get_language() or "nb"


def shown_share(value: Any) -> str:
    return "–" if value is None else written(value, language())


def aligned_share(value: Any) -> str:
    """With as many decimals as the others of its column; what is stored may have more, and the file tells it."""
    return "–" if value is None else formats.number(value, language(), decimals=SHARE_DECIMALS)


def shown_organisation_number(value: str) -> str:
    """As paper prints it, on one line: «925 107 492»."""
    return orgnr.format(value).replace(" ", formats.NO_BREAK) if value else "–"


def shown_day(value: Any) -> str:
    return formats.day(value, language()) if value else ""


class MunicipalityTable(tables.Table):
    caption = _("The national register of municipalities")
    name = tables.Column(order_by=("sort_key", "number"))
    number = tables.Column(attrs=NUMBER)
    population = tables.Column(attrs=NUMBER)
    organisation_number = tables.Column(orderable=False)

    class Meta:
        model = Municipality
        fields = ("name", "number", "county", "population", "language_form", "organisation_number")
        empty_text = _("No municipality matches. Try a shorter word or another county.")
        order_by = "name"

    def render_population(self, value: int) -> str:
        return formats.number(value, language())

    def render_organisation_number(self, value: str) -> str:
        return shown_organisation_number(value)


class OwnerTable(tables.Table):
    """Owners on a day, with the sum of their shares at the foot."""

    caption = _("Owners")
    organisation = tables.Column(
        linkify=lambda record: reverse("partnership:owner-detail", args=[record.pk]),
        order_by="organisation__sort_key",
        footer=_("All owners"),
    )
    number = tables.Column(_("Number"), accessor="organisation__municipality_id", default="", attrs=NUMBER)
    population = tables.Column(
        _("Population"),
        accessor="organisation__municipality__population",
        default="–",
        attrs=NUMBER,
        footer=lambda table: formats.number(table.total.population, language()),
    )
    ownership_share = tables.Column(
        _("Ownership, %"), default="–", attrs=NUMBER, footer=lambda table: aligned_share(table.total.ownership)
    )
    liability_share = tables.Column(
        _("Liability, %"), default="–", attrs=NUMBER, footer=lambda table: aligned_share(table.total.liability)
    )
    first_day = tables.Column(_("Owner since"), order_by="period")

    class Meta:
        model = Participation
        fields = ("organisation", "number", "population", "ownership_share", "liability_share", "first_day")
        order_by = "organisation"
        orderable = True

    def __init__(self, *args: Any, total: Any, **kwargs: Any) -> None:
        self.total = total
        super().__init__(*args, **kwargs)

    def render_population(self, value: int) -> str:
        return formats.number(value, language())

    def render_ownership_share(self, value: Any) -> str:
        return aligned_share(value)

    def render_liability_share(self, value: Any) -> str:
        return aligned_share(value)

    def render_first_day(self, value: Any) -> str:
        return shown_day(value)

    def order_ownership_share(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        return by_share(rows, "ownership_share", is_descending)

    def order_liability_share(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        return by_share(rows, "liability_share", is_descending)


def by_share(rows: Any, name: str, is_descending: bool) -> tuple[Any, bool]:
    """Owners without a recorded share stand last, whichever way."""
    order = F(name).desc(nulls_last=True) if is_descending else F(name).asc(nulls_last=True)
    return rows.order_by(order, "organisation__sort_key"), True


class PersonTable(tables.Table):
    caption = _("People")
    name = tables.Column(
        linkify=lambda record: reverse("partnership:person-detail", args=[record.pk]), order_by=("sort_key", "pk")
    )
    roles = tables.Column(_("Roles today"), accessor="held", empty_values=(), orderable=False)

    class Meta:
        model = User
        fields = ("name", "title", "email", "roles", "is_active")
        order_by = "name"
        empty_text = _("Nobody matches. Try a shorter word, or fewer choices.")

    def render_roles(self, value: list[RoleGrant]) -> Any:
        """One line a role: «bestiller, Arendal»."""
        return format_html_join("", "<div>{}</div>", ((grant_words(grant),) for grant in value)) or "–"

    def render_is_active(self, value: bool) -> Any:
        return _("yes") if value else _("no")


def grant_words(grant: RoleGrant) -> str:
    return f"{capfirst(grant.get_role_display())}, {place_of(grant.organisation)}"


def place_of(organisation: Any) -> str:
    return organisation.name if organisation else str(_("the whole partnership"))
