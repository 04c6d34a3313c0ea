"""What is typed of the life cycle of an agreement."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, DayField, offered
from partnership.models import Organisation, User
from services.models import Service
from sla.models import Conclusion, Party, Phase, ServiceAgreement, Target
from sla.needs import ways_out


class PhaseForm(ActionForm):
    phase = forms.ChoiceField(label=_("New phase"), widget=forms.RadioSelect)
    day = DayField(_("From"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, agreement: ServiceAgreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads_to = ways_out(Phase(agreement.phase))
        self.fields["phase"].choices = [(phase.value, capfirst(phase.label)) for phase in leads_to]  # type: ignore[attr-defined]

    def clean_phase(self) -> Phase:
        return Phase(self.cleaned_data["phase"])


class EvidenceForm(ActionForm):
    text = forms.CharField(
        label=_("What there is"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A reference to the document, or a summary."),
    )


class EvaluationForm(ActionForm):
    party = forms.ChoiceField(label=_("Evaluated by"), choices=offered(Party), widget=forms.RadioSelect)
    held_on = DayField(_("On"))
    findings = forms.CharField(label=_("Findings"), widget=forms.Textarea(attrs={"rows": 6}))
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=offered(Conclusion), widget=forms.RadioSelect)
    resolution = forms.CharField(
        label=_("Treated in"), max_length=100, required=False, help_text=_("Case number and date.")
    )


class MissedForm(forms.Form):
    """Which target was missed, for whom and when: from the address, where a person came from the figure."""

    target = forms.ModelChoiceField(queryset=Target.objects.none(), required=False)
    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False)
    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), required=False)
    missed_from = forms.DateField(required=False)
    missed_to = forms.DateField(required=False)

    def __init__(self, data: Any, *, agreement: ServiceAgreement, user: User) -> None:
        super().__init__(data)
        for name, rows in (
            ("target", Target.objects.visible_to(user).holding().filter(version__agreement=agreement)),
            ("service", Service.objects.visible_to(user)),
            ("organisation", Organisation.objects.visible_to(user)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> None:
        first, last = self.cleaned_data.get("missed_from"), self.cleaned_data.get("missed_to")
        if bool(first) != bool(last) or (first and last and last < first):
            raise forms.ValidationError(_("The last day cannot be before the first day."))
