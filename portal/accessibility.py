"""What everyone may know of how accessible the solution is: what was tested, and where to complain."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kit.htmx import render_page


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Accessibility"),
        "statement_url": settings.ACCESSIBILITY_STATEMENT_URL,
        "contact": settings.ACCESSIBILITY_CONTACT,
    }
    return render_page(request, "portal/accessibility.html", context)
