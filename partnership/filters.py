"""What lists can be narrowed to; every choice stands in the address and can be shared."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.access import Role
from partnership.forms.base import offered
from partnership.models import Municipality, Organisation, RoleGrant, User


def counties() -> list[tuple[str, str]]:
    names = Municipality.objects.order_by("county").values_list("county", flat=True).distinct()
    return [(name, name) for name in names]


class MunicipalityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label=_("Name or number"))
    county = django_filters.ChoiceFilter(choices=counties, label=_("County"), empty_label=_("All counties"))

    class Meta:
        model = Municipality
        fields = ("q", "county")

    def search(self, rows: QuerySet[Municipality], _name: str, text: str) -> QuerySet[Municipality]:
        return rows.matching(text)  # type: ignore[attr-defined, no-any-return]


def organisations(request: Any) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(request.user)


class PersonFilter(django_filters.FilterSet):
    """`role` and `organisation` ask for one role held today that is both, among the roles that the reader may see."""

    q = django_filters.CharFilter(method="search", label=_("Name or e-mail"))
    role = django_filters.ChoiceFilter(
        choices=offered(Role), method="holding", label=_("Role"), empty_label=_("All roles")
    )
    organisation = django_filters.ModelChoiceFilter(
        queryset=organisations, method="holding", label=_("Organisation"), empty_label=_("All organisations")
    )

    class Meta:
        model = User
        fields = ("q", "role", "organisation")

    def search(self, people: QuerySet[User], _name: str, text: str) -> QuerySet[User]:
        return people.filter(Q(name__icontains=text) | Q(email__icontains=text))

    def holding(self, people: QuerySet[User], _name: str, _value: Any) -> QuerySet[User]:
        asked = {name: value for name in ("role", "organisation") if (value := self.form.cleaned_data.get(name))}
        held = RoleGrant.objects.visible_to(self.request.user).current().filter(**asked)
        return people.filter(pk__in=held.values("user"))
