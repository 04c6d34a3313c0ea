from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import formats
from kit.htmx import render_page
from portal import search as searching
from portal.forms import SearchForm
from portal.home import Home, home_for
from sla.words.plain import count_word, language

MORNING_ENDS, EVENING_BEGINS = 11, 17


def home(request: HttpRequest) -> HttpResponse:
    found = home_for(request.user)
    now = timezone.localtime()
    context = {
        "home": found,
        "title": f"{_greeting(now.hour) % {'name': request.user.get_short_name()}} {_state(found)}",
        "above": f"{formats.day_with_weekday(now.date(), language())} · {formats.week(now.date(), language())}",
        "has_role": bool(request.user.current_grants),
    }
    return render_page(request, "portal/home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Everywhere at once; as one types where there is a script."""
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = searching.search(request.user, text)
    context = {
        "form": form,
        "found": found,
        "said": searching.state(found, text),
        "crumbs": [(_("Home"), reverse("portal:home")), (_("Search"), "")],
        "title": _("Search"),
    }
    return render_page(request, "portal/search.html", context, partial="rows")


def _greeting(hour: int) -> str:
    if hour < MORNING_ENDS:
        return _("Good morning, %(name)s.")
    return _("Good day, %(name)s.") if hour < EVENING_BEGINS else _("Good evening, %(name)s.")


def _state(found: Home) -> str:
    """Operators send things out; for others things wait."""
    count = len(found.tasks)
    if not count:
        return _("Nothing has to go out today.") if found.is_operator else _("Nothing waits for you.")
    words = {"n": count_word(count).capitalize()}
    if found.is_operator:
        return ngettext("%(n)s thing has to go out today.", "%(n)s things have to go out today.", count) % words
    return ngettext("%(n)s thing waits for you.", "%(n)s things wait for you.", count) % words
