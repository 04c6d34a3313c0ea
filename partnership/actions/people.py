"""People are added, changed and closed out by an administrator; a person changes her own profile.

The login (django-allauth) keeps its own row of the e-mail address, and these actions keep it in step.
"""

from datetime import date

from allauth.account.models import EmailAddress
from django.utils import timezone

from partnership.actions.roles import give_role, keep_an_administrator
from partnership.history import recorded
from partnership.models import Organisation, User


@recorded
def add_person(
    *,
    email: str,
    name: str,
    title: str = "",
    phone: str = "",
    language: str = "",
    password: str | None = None,
    by: User | None,
) -> User:
    """Without a password the person sets the first one by a link in an e-mail (`partnership.accounts.invitations`)."""
    person = User.objects.create_user(
        email=email, name=name, password=password, title=title, phone=phone, language=language
    )
    _keep_address(person)
    return person


@recorded
def add_person_with_role(
    *, role: str, organisation: Organisation | None, first_day: date, by: User | None, **fields: str
) -> User:
    """`fields`: as for `add_person`."""
    person = add_person(by=by, **fields)
    give_role(person=person, role=role, organisation=organisation, first_day=first_day, by=by)
    return person


@recorded
def edit_person(*, person: User, email: str, name: str, title: str, phone: str, language: str, by: User | None) -> User:
    person.email = email
    person.name, person.title, person.phone, person.language = name, title, phone, language
    person.full_clean(exclude=["password"])
    person.save()
    _keep_address(person)
    return person


@recorded
def edit_profile(*, name: str, title: str, phone: str, language: str, by: User) -> User:
    """What a person may change about herself; the e-mail address is the administrator's."""
    return edit_person(person=by, email=by.email, name=name, title=title, phone=phone, language=language, by=by)


@recorded
def choose_language(*, language: str, by: User) -> User:
    by.language = language
    by.save(update_fields=["language"])
    return by


@recorded
def deactivate_person(*, person: User, by: User | None) -> User:
    """The person can no longer log in. Roles and history stay."""
    theirs = person.grants.administrators()
    if theirs.current().exists():
        keep_an_administrator(without=theirs, on=timezone.localdate())
    person.is_active = False
    person.save(update_fields=["is_active"])
    return person


@recorded
def reactivate_person(*, person: User, by: User | None) -> User:
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


def _keep_address(person: User) -> None:
    """One address, taken as verified: the administrator vouches for it, and a first password is set by a link to it."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
