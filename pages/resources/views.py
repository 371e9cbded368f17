"""Proposing a resource from the site."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from pages.resources.forms import ProposalForm
from pages.resources.models import ResourceIndexPage
from pages.resources.operations import propose_resource
from pages.resources.permissions import may_propose


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    if not may_propose(request.user):
        raise PermissionDenied
    index = ResourceIndexPage.objects.live().first()
    if index is None:
        raise Http404
    by = cast(User, request.user)
    form = ProposalForm(request.POST or None, request.FILES or None, by=by)
    if request.method == "POST" and form.is_valid():
        page = propose_resource(proposal=form.proposal(), by=by, at=timezone.now())
        if page.live:
            messages.success(request, _("Thank you! It is in the library."))
            return redirect(page.get_url(request))
        messages.success(
            request, _("Thank you! Somebody of the network reads it, then it is in the library.")
        )
        return redirect(index.get_url(request))
    return render(request, "pages/resources/propose.html", {"form": form, "index": index})
