"""Lead times of orders as one types them: a line for all services, and one for each."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.base import PercentField, offered
from services.models import Service
from sla.actions.agreements import Promise
from sla.forms.agreements import HUNDRED, in_line, percent_of, refuse_shares
from sla.models import Commitment, Metric, Target
from sla.models.targets import GOOD_ENOUGH, WANTED

MOST_DAYS = 365


class LeadTimeForm(forms.Form):
    """One line of the table. Without days nothing is agreed of it. `common` is what it may replace, and `usual` the
    target that it then starts from.
    """

    common = ""

    days = forms.IntegerField(
        label=gettext_lazy("Working days"),
        min_value=1,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        validators=[MaxValueValidator(MOST_DAYS)],
    )
    wanted = PercentField(gettext_lazy("Target, %"), initial=percent_of(WANTED), required=False)
    good_enough = PercentField(gettext_lazy("Good enough, %"), initial=percent_of(GOOD_ENOUGH), required=False)
    commitment = forms.ChoiceField(
        label=gettext_lazy("Commitment"), choices=offered(Commitment), initial=Commitment.DECLARATION, required=False
    )

    def __init__(
        self, data: Any, *, service: Service | None, target: Target | None = None, usual: Target | None = None
    ) -> None:
        self.service = service
        self.name = str(service or _("All other services"))
        prefix = f"lead-{service.pk if service else 'other'}"
        initial = _typed(known) if (known := target or usual) else {}
        if usual and not target:
            initial |= {"days": None}
        super().__init__(data, prefix=prefix, initial=initial, auto_id="id_%s")
        for field in self.fields.values():
            field.label = in_line(_("Delivery of %(what)s") % {"what": self.name}, str(field.label))

    @classmethod
    def heads(cls) -> list[Any]:
        """What the columns are called; a box is named by its line too."""
        return [field.label for field in cls.base_fields.values()]

    def clean(self) -> None:
        if self.cleaned_data.get("days") and not self.errors:
            refuse_shares(self)

    def promise(self) -> Promise | None:
        typed = self.cleaned_data
        if not typed["days"]:
            return None
        return Promise(
            metric=Metric.LEAD_TIME,
            service=self.service,
            days=typed["days"],
            wanted=typed["wanted"] / HUNDRED,
            good_enough=typed["good_enough"] / HUNDRED,
            commitment=Commitment(typed["commitment"] or Commitment.DECLARATION),
        )


def _typed(target: Target) -> dict[str, Any]:
    return {
        "days": target.days,
        "wanted": percent_of(target.wanted),
        "good_enough": percent_of(target.good_enough),
        "commitment": target.commitment,
    }
