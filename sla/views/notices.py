"""«Driftsmeldinger»: the list, one with all that was said, writing, following up, ending; and the templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb, form_page, in_pages, posted
from services import notice_words as words
from services.actions.notices import discard_template, readers, whom, write_template
from services.models import NoticeKind, NoticeLetter, NoticeTemplate, ServiceNotice
from services.tasks import send_notice_letters
from sla.actions.announcing import announce, end, follow_up
from sla.figures.notices import notices
from sla.figures.outages import outages
from sla.forms.notices import EndNoticeForm, FollowUpNoticeForm, NoticeForm, TemplateForm, begun_with
from sla.models import Outage
from sla.tables import NoticeTable
from sla.words import notices as told

PER_PAGE = 25


def notice_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    now, seen = timezone.now(), ServiceNotice.objects.visible_to(request.user)
    table = NoticeTable(notices(request.user), now=now)
    in_pages(request, table, PER_PAGE)
    context = {
        "table": table,
        "can_manage": access.holds(request.user, Permission.MANAGE_OUTAGES),
        "crumbs": crumbs(),
        "title": _("Service notices"),
        "state": told.list_state(seen.current(now).count(), seen.coming(now).count()),
    }
    return render_page(request, "sla/notice_list.html", context)


def notice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(notices(request.user), pk=pk)
    now, may_write = timezone.now(), access.holds(request.user, Permission.MANAGE_OUTAGES)
    facts = words.facts(notice, notice.visible_reach)
    if may_write:
        facts.append(words.letters(*NoticeLetter.objects.filter(message__notice=notice).counts()))
    context = {
        "notice": notice,
        "status": words.status(notice, now),
        "facts": facts,
        "said": [(words.said(one), one) for one in notice.messages.select_related("by")],
        "outages": outages(request.user).filter(notice=notice),
        "can_manage": may_write and notice.ended is None,
        "is_to_come": notice.starts > now,
        "crumbs": crumbs((notice.title, "")),
        "title": notice.title,
        "state": words.state(notice, now),
    }
    return render_page(request, "sla/notice_detail.html", context)


def notice_add(request: HttpRequest) -> HttpResponse:
    """Whom it hits is shown first; it leaves when that has been seen."""
    access.require(request.user, Permission.MANAGE_OUTAGES)
    untold = {} if request.method == "POST" else {"notice": None}  # what is sent twice is told of the second time
    outage = _asked(request, "outage", outages(request.user).filter(**untold).prefetch_related("reach"))
    template = _asked(request, "template", NoticeTemplate.objects.visible_to(request.user))
    form = NoticeForm(posted(request), user=request.user, outage=outage, initial=begun_with(template, outage))
    is_understood = form.is_bound and form.is_valid()
    has_seen_whom = is_understood and request.POST.get("checked") == form.choice

    def send(**typed: Any) -> ServiceNotice:
        once = {"with_outage": typed.get("with_outage", False), "token": typed["token"]}
        return announce(said=form.announcement(), outage=outage, by=request.user, **once)

    if has_seen_whom and (notice := form.perform(send)):
        return sent(request, notice, _("The notice is sent."))
    shown = whom_it_hits(form, request.POST.get("checked", "")) if is_understood and not has_seen_whom else {}
    return notice_sheet(request, form, outage, shown)


def notice_sheet(request: HttpRequest, form: NoticeForm, outage: Outage | None, shown: dict[str, Any]) -> HttpResponse:
    title = shown.get("asked") or _("Write a service notice")
    context = shown | {
        "form": form,
        "templates": [] if form.is_bound else NoticeTemplate.objects.visible_to(request.user),
        "outage": outage,
        "title": title,
        "crumbs": crumbs((title, "")),
        "back": reverse("sla:notice-list"),
    }
    is_refused = form.is_bound and not shown
    return render_page(request, "sla/notice_form.html", context, status=422 if is_refused else 200)


def whom_it_hits(form: NoticeForm, seen: str) -> dict[str, Any]:
    """`seen` is the choice that she was shown before this one, if she was."""
    said = form.announcement()
    hit = list(whom(said.services, said.owners, said.starts))
    people = readers({one.organisation_id for one in hit}).count()
    return {
        "choice": form.choice,
        "said": said,
        "hit": told.by_owner(hit),
        "people": words.told(people),
        "asked": _("Is this right? Not sent yet") if hit else _("Nobody to tell. Not sent"),
        "state": _("You changed whom it hits. Check again.") if seen else "",
    }


def notice_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    notice = managed(request, pk)
    form = FollowUpNoticeForm(posted(request), notice=notice).editing(notice)
    if form.perform(follow_up, notice=notice, by=request.user):
        return sent(request, notice, _("The follow-up is sent."))
    return notice_page(request, form, notice, title=_("Write a follow-up"), submit=_("Send"))


def notice_end(request: HttpRequest, pk: int) -> HttpResponse:
    notice = managed(request, pk)
    form = EndNoticeForm(posted(request), notice=notice).editing(notice)
    if form.perform(end, notice=notice, by=request.user):
        return sent(request, notice, _("The notice is ended."))
    title = _("Call it off") if notice.starts > timezone.now() else _("End it")
    note = _("What was registered with it ends too.") if notice.kind != NoticeKind.INFORMATION else ""
    return notice_page(request, form, notice, title=title, submit=title, note=note)


def notice_page(request: HttpRequest, form: Any, notice: ServiceNotice, **said: str) -> HttpResponse:
    trail = [(notice.title, reverse("sla:notice-detail", args=[notice.pk]))]
    return form_page(request, form, trail=trail, way=crumbs, **said)


def managed(request: HttpRequest, pk: int) -> ServiceNotice:
    """One that has not ended."""
    notice = get_object_or_404(ServiceNotice.objects.visible_to(request.user), pk=pk, ended=None)
    access.require(request.user, Permission.MANAGE_OUTAGES)
    return notice


def sent(request: HttpRequest, notice: ServiceNotice, said: str) -> HttpResponse:
    send_notice_letters.delay_on_commit(notice.pk)
    messages.success(request, said)
    return redirect("sla:notice-detail", notice.pk)


def template_list(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_OUTAGES)
    title = _("Templates of service notices")
    context = {
        "templates": NoticeTemplate.objects.visible_to(request.user),
        "title": title,
        "state": _("Words to begin with when something happens."),
        "crumbs": crumbs((title, "")),
    }
    return render_page(request, "sla/notice_templates.html", context)


def template_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_OUTAGES)
    return template_page(request, None)


def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_OUTAGES)
    return template_page(request, get_object_or_404(NoticeTemplate.objects.visible_to(request.user), pk=pk))


def template_page(request: HttpRequest, template: NoticeTemplate | None) -> HttpResponse:
    names = ("name", "kind", "title", "text")
    initial = {name: getattr(template, name) for name in names} if template else {}
    form = TemplateForm(posted(request), initial=initial)
    if template:
        form.editing(template)
    if form.perform(write_template, template=template, by=request.user):
        messages.success(request, _("The template is saved."))
        return redirect("sla:notice-template-list")
    title = template.name if template else _("Write a template")
    trail = [(_("Templates of service notices"), reverse("sla:notice-template-list"))]
    return form_page(request, form, title=title, submit=_("Save"), trail=trail, way=crumbs)


@require_POST
def template_discard(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_OUTAGES)
    template = get_object_or_404(NoticeTemplate.objects.visible_to(request.user), pk=pk)
    discard_template(template=template, by=request.user)
    messages.success(request, _("The template is deleted."))
    return redirect("sla:notice-template-list")


def _asked(request: HttpRequest, name: str, rows: Any) -> Any:
    """The row that the address names, if it names one."""
    asked = request.GET.get(name)
    if asked is None:
        return None
    return get_object_or_404(rows, pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0)


def crumbs(*trail: Crumb) -> list[Crumb]:
    return [(_("Home"), reverse("portal:home")), (_("Service notices"), reverse("sla:notice-list")), *trail]
