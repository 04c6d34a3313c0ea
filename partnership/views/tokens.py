"""One's own tokens for machines. A token does what its person may do, and no more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.actions.tokens import make_token, revoke_token
from partnership.forms.tokens import TokenForm
from partnership.models import ApiToken
from partnership.views.pages import posted


@never_cache
def token_list(request: HttpRequest) -> HttpResponse:
    """The page also answers the form with the new token, the only time its text is shown."""
    access.require_anywhere(request.user, Permission.USE_API)
    form = TokenForm(posted(request), maker=request.user)
    made = form.perform(make_token, by=request.user)
    context = {
        "title": _("API tokens"),
        "crumbs": [(_("Home"), reverse("portal:home")), (_("My profile"), reverse("partnership:profile"))],
        "form": TokenForm(maker=request.user) if made else form,
        "new_text": made[1] if made else "",
        "tokens": ApiToken.objects.visible_to(request.user).select_related("user"),
    }
    status = 422 if form.is_bound and not made else 200
    return render_page(request, "partnership/token_list.html", context, status=status)


@require_POST
def token_revoke(request: HttpRequest, digest: str) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), digest=digest)
    access.require_anywhere(request.user, Permission.USE_API)
    revoke_token(token=token, by=request.user)
    messages.success(request, _("The token is revoked."))
    return redirect("partnership:token-list")
