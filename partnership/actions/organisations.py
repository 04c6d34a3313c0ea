"""The organisations that rows belong to: a municipality from the register, or another that is written in."""

from partnership.history import recorded
from partnership.models import Municipality, Organisation, OrganisationKind, User


@recorded
def organisation_of(*, municipality: Municipality, by: User | None) -> Organisation:
    """The municipality's organisation, made from its row in the register the first time it is needed."""
    known = Organisation.objects.filter(municipality=municipality).first()
    return known or register_organisation(
        kind=OrganisationKind.MUNICIPALITY,
        municipality=municipality,
        name=municipality.name,
        organisation_number=municipality.organisation_number,
        language_form=municipality.language_form,
        by=by,
    )


@recorded
def register_organisation(*, by: User | None, **fields: object) -> Organisation:
    """A new organisation; `fields` are those of the model."""
    organisation = Organisation(**fields)
    organisation.full_clean()
    organisation.save()
    return organisation


@recorded
def edit_organisation(
    *,
    organisation: Organisation,
    name: str,
    organisation_number: str,
    language_form: str,
    invoice_reference: str,
    is_robek: bool,
    by: User | None,
) -> Organisation:
    organisation.name = name
    organisation.organisation_number = organisation_number
    organisation.language_form = language_form
    organisation.invoice_reference = invoice_reference
    organisation.is_robek = is_robek
    organisation.full_clean()
    organisation.save()
    return organisation
