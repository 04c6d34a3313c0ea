"""What people type about goals, benefits, shares and measurements: each form's fields are an action's arguments."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit, BenefitShare, Frequency, Goal, GoalKind, Layer, Type, Unit
from benefits.models.register import CODE
from benefits.words import trimmed
from partnership.access import Permission, roles_with
from partnership.forms.base import ActionForm, DayField, offered
from partnership.models import Organisation, RoleGrant, User
from partnership.translated import LANGUAGES
from services.forms.catalogue import LANGUAGE_NAMES

SPACES = re.compile(r"\s")
NAME_LENGTH, LINE_LENGTH = 100, 200


class ValueField(forms.DecimalField):
    """A value as people write it: spaces between thousands, a comma or a point, a minus of either kind."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, **({"max_digits": 15, "decimal_places": 3, "localize": True} | kwargs))

    def to_python(self, value: Any) -> Decimal | None:
        typed = SPACES.sub("", value).replace("\u2212", "-") if isinstance(value, str) else value
        return super().to_python(typed)

    def prepare_value(self, value: Any) -> Any:
        return localize_input(trimmed(value)) if isinstance(value, Decimal) else value


def line(label: Any, *, length: int = LINE_LENGTH, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **options)


class InLanguages(ActionForm):
    """A form some of whose fields are written in three languages; `common` are the others."""

    @property
    def languages(self) -> list[dict[str, Any]]:
        return [
            {"code": code, "name": LANGUAGE_NAMES[code], "fields": [field for field in self if _is_in(field, code)]}
            for code in LANGUAGES
        ]

    @property
    def common(self) -> list[forms.BoundField]:
        return [field for field in self if not any(_is_in(field, code) for code in LANGUAGES)]


def _is_in(field: forms.BoundField, language: str) -> bool:
    return field.name.endswith(f"_{language}")


class GoalForm(InLanguages):
    name_nb = line(_("Name"), length=NAME_LENGTH)
    target_nb = line(_("Target"))
    good_enough_nb = line(_("Good enough"))
    name_nn = line(_("Name"), length=NAME_LENGTH, required=False)
    target_nn = line(_("Target"), required=False)
    good_enough_nn = line(_("Good enough"), required=False)
    name_en = line(_("Name"), length=NAME_LENGTH, required=False)
    target_en = line(_("Target"), required=False)
    good_enough_en = line(_("Good enough"), required=False)
    kind = forms.ChoiceField(label=_("Kind of goal"), choices=offered(GoalKind), initial=GoalKind.EFFECT)
    organisation = forms.ModelChoiceField(
        label=_("Owned by"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("The company"),
        help_text=_("An effect goal is owned by a municipality, an operational goal by the company."),
    )
    layer = forms.ChoiceField(label=_("Good for"), choices=offered(Layer), initial=Layer.OPERATIONS)
    decided_by = line(_("Decided by"), length=NAME_LENGTH, help_text=_("Such as “the council, case 52/26”."))
    decided_on = DayField(_("Decided on"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, organisation = cleaned.get("kind"), cleaned.get("organisation")
        if kind == GoalKind.EFFECT and not organisation and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose the municipality that owns the effect goal."))
        if kind == GoalKind.OPERATIONAL and organisation:
            self.add_error("organisation", _("An operational goal is owned by the company."))
        return cleaned


class BenefitForm(InLanguages):
    name_nb = line(_("Name"), length=NAME_LENGTH)
    indicator_nb = line(_("What is measured"))
    method_nb = line(_("How it is measured"), required=False)
    name_nn = line(_("Name"), length=NAME_LENGTH, required=False)
    indicator_nn = line(_("What is measured"), required=False)
    method_nn = line(_("How it is measured"), required=False)
    name_en = line(_("Name"), length=NAME_LENGTH, required=False)
    indicator_en = line(_("What is measured"), required=False)
    method_en = line(_("How it is measured"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=offered(Type, _("Choose a type")))
    unit = forms.ChoiceField(label=_("Unit"), choices=offered(Unit, _("Choose a unit")))
    goal = forms.ModelChoiceField(label=_("Goal"), queryset=Goal.objects.all(), empty_label=_("Choose a goal"))
    layer = forms.ChoiceField(label=_("Good for"), choices=offered(Layer), initial=Layer.OPERATIONS)
    frequency = forms.TypedChoiceField(
        label=_("How often it is measured"), choices=offered(Frequency), coerce=int, initial=Frequency.QUARTERLY
    )
    accountable = forms.ModelChoiceField(
        label=_("Accountable"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Sees to the benefit in all municipalities. Each municipality has an owner of its own share."),
    )

    def __init__(self, *args: Any, benefit: Benefit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = possibly_accountable(benefit and benefit.accountable_id)
        self.fields["accountable"].queryset = people  # type: ignore[attr-defined]


class NewBenefitForm(BenefitForm):
    code = line(
        _("Code"),
        length=4,
        validators=[CODE],
        help_text=_("Ø for kroner, A for full-time equivalents, V for gains for others, K for quality; and a number."),
    )

    field_order = ("code",)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Benefit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another benefit has this code. A code counts once."))
        return code


def possibly_accountable(already: int | None) -> QuerySet[User]:
    """Those who measure or manage benefits, and whoever is accountable already."""
    roles = roles_with(Permission.MEASURE_BENEFITS) | roles_with(Permission.MANAGE_BENEFITS)
    holders = RoleGrant.objects.current().filter(role__in=roles).values("user")
    return User.objects.filter(Q(pk__in=holders, is_active=True) | Q(pk=already))


def in_the_line(organisation: Organisation | None, already: int | None = None) -> QuerySet[User]:
    """Those with a role in the organisation, or in any of them, and whoever owns the share already."""
    grants = RoleGrant.objects.current().filter(organisation__isnull=False)
    here = grants.filter(organisation=organisation) if organisation else grants
    return User.objects.filter(Q(pk__in=here.values("user"), is_active=True) | Q(pk=already))


class ShareForm(ActionForm):
    owner = forms.ModelChoiceField(
        label=_("Benefit owner"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        help_text=_("A person in the municipality's own line organisation."),
    )
    baseline = ValueField(_("Baseline"), required=False, help_text=_("As it was before. Empty: not measured yet."))
    baseline_on = DayField(_("Baseline measured on"), required=False, initial=None)
    baseline_source = line(_("Source of the baseline"), required=False)
    target = ValueField(_("Target"))
    target_on = DayField(_("Target to be reached on"), initial=None)
    good_enough = ValueField(
        _("Good enough"), required=False, help_text=_("Between the baseline and the target. Empty: only the target is.")
    )

    def __init__(self, *args: Any, benefit: Benefit, share: BenefitShare | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = in_the_line(share and share.organisation, share and share.owner_id)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        for name in ("baseline", "target", "good_enough"):
            self.fields[name].label = _with_unit(self.fields[name].label, benefit)


class NewShareForm(ShareForm):
    organisation = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Organisation.objects.none(), empty_label=_("Choose a municipality")
    )

    field_order = ("organisation",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user)  # type: ignore[attr-defined]


class MeasurementForm(ActionForm):
    value = ValueField(_("Value"))
    day = DayField(_("Measured on"))
    source = line(_("Source"), help_text=_("Where the number comes from, such as the accounts or a survey."))
    note = line(_("Note"), length=500, required=False)

    def __init__(self, *args: Any, share: BenefitShare, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = _with_unit(self.fields["value"].label, share.benefit)


class CorrectionForm(MeasurementForm):
    note = line(_("Why it is corrected"), length=500)


def _with_unit(label: Any, benefit: Benefit) -> str:
    return f"{label}, {benefit.get_unit_display()}"
