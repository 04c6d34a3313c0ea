"""The partnership itself: its name and its legal form over time."""

from datetime import date

from partnership.actions.versions import start_version
from partnership.history import recorded
from partnership.models import LegalFormPeriod, Partnership, User
from partnership.models.cooperation import require_name_for
from partnership.periods import days


@recorded
def found_partnership(
    *, name: str, organisation_number: str, form: str, first_day: date, resolution: str = "", by: User | None
) -> Partnership:
    """The one partnership of this deployment, with the legal form it has had from `first_day`."""
    partnership = Partnership(name=name, organisation_number=organisation_number)
    partnership.full_clean()
    partnership.save()
    beginning = LegalFormPeriod(partnership=partnership, form=form, resolution=resolution, period=days(first_day))
    beginning.full_clean()
    beginning.save()
    return partnership


@recorded
def edit_partnership(*, partnership: Partnership, name: str, organisation_number: str, by: User | None) -> Partnership:
    """A name that its legal form does not allow, now or later, is refused."""
    for period in partnership.legal_forms.lasting():
        require_name_for(period.form, name, field="name")
    partnership.name = name
    partnership.organisation_number = organisation_number
    partnership.full_clean()
    partnership.save()
    return partnership


@recorded
def change_legal_form(
    *, partnership: Partnership, form: str, first_day: date, resolution: str, by: User | None
) -> LegalFormPeriod:
    """An event with a date and a resolution; the partnership keeps its identity and its history."""
    return start_version(
        partnership.legal_forms.all(), first_day, partnership=partnership, form=form, resolution=resolution
    )
