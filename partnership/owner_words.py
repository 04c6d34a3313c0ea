"""What the pages and files about owners say."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kit import formats
from partnership.figures import ShareTotal
from partnership.models import Municipality, Organisation, Participation, ShareVersion
from partnership.tables import shown_day, shown_organisation_number, shown_share


def owner_state(total: ShareTotal, day: str) -> str:
    owners = ngettext("%(count)s owner on %(day)s.", "%(count)s owners on %(day)s.", total.owners)
    return owners % {"count": total.owners, "day": day}


def owning_words(owner: Participation) -> str:
    """What the owner owns today, in a sentence."""
    share = next((share for share in owner.shares.all() if share.holds_on(timezone.localdate())), None)
    if share is None:
        return _("Owns nothing today.")
    values = {"share": shown_share(share.ownership), "day": shown_day(owner.first_day)}
    return _("Owns %(share)s %%. Owner since %(day)s.") % values


def organisation_facts(organisation: Organisation, *, is_insider: bool) -> list[tuple[str, Any]]:
    """The register's words where it is a municipality, and what the partnership has written in.

    Its invoice reference is for insiders: with one in hand, anybody could send it invoices that look ordered.
    """
    invoices = [(_("Invoice reference"), organisation.invoice_reference or "–")]
    own = [
        (_("Kind"), capfirst(organisation.get_kind_display())),
        (_("Organisation number"), shown_organisation_number(organisation.organisation_number)),
        (_("Language form"), capfirst(organisation.get_language_form_display())),
        *(invoices if is_insider else []),
        (_("On the ROBEK list"), _("yes") if organisation.is_robek else _("no")),
    ]
    return [*register_facts(organisation.municipality), *own] if organisation.municipality else own


def register_facts(municipality: Municipality) -> list[tuple[str, Any]]:
    return [
        (_("Municipality number"), municipality.number),
        (_("Official name"), municipality.official_name),
        (_("County"), municipality.county),
        (_("Population"), formats.number(municipality.population, get_language() or "nb")),
    ]


def share_line(share: ShareVersion) -> dict[str, str]:
    liability = share.ownership if share.liability is None else share.liability
    return {
        "first": shown_day(share.first_day),
        "last": shown_day(share.last_day),
        "ownership": shown_share(share.ownership),
        "liability": shown_share(liability),
    }


def owner_head() -> list[Any]:
    return [
        _("Owner"),
        _("Number"),
        _("Population"),
        _("Ownership, %"),
        _("Liability, %"),
        _("Owner since"),
        _("Last day as owner"),
    ]


def owner_cells(owner: Participation) -> list[Any]:
    municipality = owner.organisation.municipality
    return [
        owner.organisation.name,
        owner.organisation.number,
        municipality.population if municipality else None,
        owner.ownership_share,
        owner.liability_share,
        owner.first_day,
        owner.last_day,
    ]
