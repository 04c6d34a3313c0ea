"""«Prisavslag»: what months give for guarantees that were missed, and what was decided."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb, Tab, csv_file, file_url, form_page, in_pages, posted, wants_file
from sla.actions.credits import decide_credits, propose_credits
from sla.credit_tables import CreditTable
from sla.forms.credits import DecisionForm
from sla.models import Credit, CreditLine, CreditState, Metric
from sla.views import agreements
from sla.words import credits as words
from sla.words import plain

PER_PAGE = 25
SHOWN_WITH = ("service", "organisation", "version__agreement", "decided_by")


def credit_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    asked = request.GET.get("state", "")
    seen = Credit.objects.visible_to(request.user)
    rows = seen.of_state(asked).select_related(*SHOWN_WITH)
    if wants_file(request):
        return csv_file("prisavslag", words.file_head(), words.file_rows(rows.iterator()))
    table = CreditTable(rows)
    in_pages(request, table, PER_PAGE)
    context = {
        "table": table,
        "tabs": tabs(asked),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_AGREEMENTS),
        "crumbs": crumbs(),
        "title": _("Service credits"),
        "state": words.list_state(seen),
    }
    return render_page(request, "sla/credit_list.html", context)


def tabs(asked: str) -> list[Tab]:
    path = reverse("sla:credit-list")
    known = [
        Tab(plain.sentence(label), f"{path}?state={state}", state == asked) for state, label in CreditState.choices
    ]
    return [Tab(_("All"), path, asked not in CreditState.values), *known]


@require_POST
def credit_propose(request: HttpRequest) -> HttpResponse:
    """As every morning, but now."""
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    done = propose_credits(by=request.user)
    said = _("%(new)s new, %(changed)s changed, %(taken_back)s taken back.")
    messages.success(request, said % vars(done))
    return redirect("sla:credit-list")


def credit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    credit = get_object_or_404(seen_by(request), pk=pk)
    lines = list(credit.lines.all())
    _status, word = words.standing(credit)
    context = {
        "credit": credit,
        "lines": [told_line(credit, line) for line in lines],
        "total": words.total(credit, lines, credit.version.credit_cap_percent),
        "decision": words.decision(credit),
        "amount": words.amount(credit),
        "cell_url": cell_url(credit),
        "can_decide": access.holds(request.user, Permission.MANAGE_AGREEMENTS),
        "crumbs": crumbs((words.named(credit), "")),
        "next": Credit.objects.visible_to(request.user).proposed().exclude(pk=pk).first(),
        "above": plain.sentence(plain.month(credit.month)),
        "title": f"{credit.service}, {credit.organisation}",
        "state": _("%(amount)s of the price of the month, %(word)s.") % {"amount": words.amount(credit), "word": word},
    }
    return render_page(request, "sla/credit_detail.html", context)


def told_line(credit: Credit, line: CreditLine) -> tuple[str, str, str, str]:
    """Its figure, which opens into what is behind it, and what that gives."""
    metric = Metric(line.metric)
    name = str(plain.METRIC_NAMES[metric])
    return f"{cell_url(credit)}&metric={metric}", name, words.line_words(line), plain.per_cent(line.percent)


def credit_decide(request: HttpRequest, pk: int) -> HttpResponse:
    credit = get_object_or_404(seen_by(request), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    others = Credit.objects.visible_to(request.user).beside(credit)
    form = DecisionForm(posted(request), others=others.count()).editing(credit)

    def act(state: str, reason: str, *, for_others: bool = False) -> int:
        chosen = [credit, *others] if for_others else [credit]
        return decide_credits(chosen=chosen, state=CreditState(state), reason=reason, by=request.user)

    if count := form.perform(act):
        said = ngettext("%(count)s service credit is decided.", "%(count)s service credits are decided.", count)
        messages.success(request, said % {"count": count})
        return redirect("sla:credit-detail", pk)
    note = _("%(amount)s of the price of the month.") % {"amount": plain.per_cent(credit.percent)}
    trail = [(words.named(credit), reverse("sla:credit-detail", args=[pk]))]
    return form_page(
        request, form, title=words.deciding(credit), note=note, submit=_("Save the decision"), trail=trail, way=crumbs
    )


def seen_by(request: HttpRequest) -> QuerySet[Credit]:
    return Credit.objects.visible_to(request.user).select_related(*SHOWN_WITH)


def cell_url(credit: Credit) -> str:
    """The figures of the month, with the incidents or outages behind them."""
    path = reverse("sla:grid-cell", args=[credit.service.code, credit.organisation_id])
    return f"{path}?period={credit.month:%Y-%m}"


def crumbs(*trail: Crumb) -> list[Crumb]:
    return agreements.crumbs((_("Service credits"), reverse("sla:credit-list")), *trail)
