"""A service as one types it: three languages side by side, and what kind of service it is."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, Role, roles_with
from partnership.forms.base import ActionForm
from partnership.models import RoleGrant, User
from partnership.translated import LANGUAGES
from services.models import Level, ProductGroup, Service, ServiceCalendar, Stage, Tier
from services.models.catalogue import CODE

OWNING_ROLES = roles_with(Permission.MANAGE_CATALOGUE) | {Role.SYSTEM_OWNER}
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
STEPS = [
    (1, _("1 joint procurement")),
    (2, _("2 infrastructure")),
    (3, _("3 operations")),
    (4, _("4 business system")),
    (5, _("5 joint service")),
]
NAME_LENGTH = 100


def capitalised(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    """Choices that begin a line, not a sentence's inside."""
    return [(value, capfirst(label)) for value, label in choices.choices]


def possible_owners(service: Service | None) -> QuerySet[User]:
    """Those whose role it is to own services, and whoever owns this one already."""
    holders = RoleGrant.objects.current().filter(role__in=OWNING_ROLES).values("user")
    return User.objects.filter(Q(pk__in=holders, is_active=True) | Q(pk=service and service.owner_id))


class ServiceForm(ActionForm):
    name_nb = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    description_nb = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea({"rows": 4}))
    name_nn = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, required=False)
    description_nn = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea({"rows": 4}))
    name_en = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, required=False)
    description_en = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea({"rows": 4}))
    group = forms.ChoiceField(
        label=_("Product group"), choices=capitalised(ProductGroup), initial=ProductGroup.OPERATIONS
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=capitalised(Tier), initial=Tier.BASE)
    step = forms.TypedChoiceField(label=_("Step on the benefit stairs"), choices=STEPS, coerce=int, initial=3)
    level = forms.ChoiceField(label=_("Level"), choices=capitalised(Level), initial=Level.OPERATIONAL)
    delivery_days = forms.IntegerField(
        label=_("Delivery time in working days"),
        min_value=0,
        max_value=250,
        initial=5,
        help_text=_("From approval of an order. It is what we suggest when a date is promised."),
    )
    is_critical = forms.BooleanField(
        label=_("Critical"), required=False, help_text=_("Stops work in the municipality.")
    )
    owner = forms.ModelChoiceField(
        label=_("Service owner"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    calendar = forms.ModelChoiceField(
        label=_("Opening hours"), queryset=ServiceCalendar.objects.all(), required=False, empty_label=_("Not agreed")
    )

    def __init__(self, *args: Any, service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(service)  # type: ignore[attr-defined]

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The fields of each language, for one fieldset each."""
        return [
            {"code": code, "name": LANGUAGE_NAMES[code], "fields": [self[f"name_{code}"], self[f"description_{code}"]]}
            for code in LANGUAGES
        ]

    @property
    def kind(self) -> list[forms.BoundField]:
        """The fields that stand in no language."""
        return [field for field in self if not field.name.endswith(tuple(f"_{code}" for code in LANGUAGES))]


class NewServiceForm(ServiceForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        validators=[CODE],
        help_text=_("Short, in capital letters. It stands in exports and is never changed."),
    )
    stage = forms.ChoiceField(label=_("Life cycle"), choices=capitalised(Stage), initial=Stage.OFFERED)

    field_order = ("code",)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Service.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another service has this code."))
        return code


class StageForm(ActionForm):
    stage = forms.ChoiceField(
        label=_("Life cycle"),
        choices=capitalised(Stage),
        widget=forms.RadioSelect,
        help_text=_("A service being closed is kept by those who have it, and nobody new gets it."),
    )
