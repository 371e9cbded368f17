"""Answering a form of the network."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.contact import guarding
from pages.contact.models import FormPage
from pages.contact.operations import FormClosed, FormFull, answers_to, record_answer

SENT = "envoye"


def answer_form(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Show a form, or receive what somebody wrote in it."""
    if request.method == "POST":
        return _receive(request, page)
    if SENT in request.GET:
        return page.render_landing_page(request)
    return _show(request, page, page.get_form(page=page, user=request.user))


def _receive(request: HttpRequest, page: FormPage) -> HttpResponse:
    form = page.get_form(request.POST, page=page, user=request.user)
    verdict = guarding.judge(request, page.pk)
    if form.is_valid():
        refusal = verdict.refusal or guarding.too_many(request)
        if not refusal:
            try:
                record_answer(
                    page=page, data=form.cleaned_data, ticket=verdict.ticket, at=timezone.now()
                )
                return redirect(f"{page.get_url(request)}?{SENT}=1")
            except FormClosed:
                refusal = _("This form has closed meanwhile. What you wrote is still below.")
            except FormFull:
                refusal = _("The last place was taken meanwhile. What you wrote is still below.")
        form.add_error(None, refusal)
    return _show(request, page, form, verdict.stamp)


def _show(request: HttpRequest, page: FormPage, form: Any, stamp: str = "") -> HttpResponse:
    left = None if page.places is None else max(0, page.places - answers_to(page))
    context = page.get_context(request) | {
        "form": form,
        "stamp": stamp or guarding.new_stamp(page.pk),
        "stamp_name": guarding.STAMP,
        "trap_name": guarding.TRAP,
        "is_closed": page.is_closed(timezone.localdate()),
        "places_left": left,
    }
    response = TemplateResponse(request, page.get_template(request), context)
    # Its stamp is this visitor's.
    response["Cache-Control"] = "private, no-store"
    return response
