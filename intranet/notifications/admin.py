"""The outbox, for those who look after the network: what waits, what was refused, and why."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.reports import ReportView

from intranet.notifications import operations, queries
from intranet.notifications.models import Letter

capitalised = lazy(capfirst, str)

VIEW = "intranet.view_letter"
CHANGE = "intranet.change_letter"


class LetterFilterSet(WagtailFilterSet):
    class Meta:
        model = Letter
        fields = ["state", "reason"]


class LetterColumn(Column):
    cell_template_name = "intranet/notifications/letter_cell.html"


class ReasonColumn(Column):
    """What went wrong in plain words, what the server said, and how to try again."""

    cell_template_name = "intranet/notifications/reason_cell.html"

    def get_cell_context_data(self, instance: Letter, parent_context: dict) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        may = instance.can_be_sent_again and request.user.has_perm(CHANGE)
        return context | {"may_send_again": may, "csrf_token": get_token(request)}


class AgeColumn(Column):
    def get_value(self, instance: Letter) -> str:
        moment = super().get_value(instance)
        return naturaltime(moment) if moment else ""


class LettersView(ReportView):
    model = Letter
    permission_required = "view"
    page_title = pgettext_lazy("mail", "Letters")
    header_icon = "mail"
    template_name = "intranet/notifications/letters.html"
    index_url_name = "letters"
    index_results_url_name = "letters_results"
    filterset_class = LetterFilterSet
    default_ordering = "-asked_at"
    is_searchable = True
    search_fields = ["to", "subject"]
    search_backend_name = None
    columns = [
        LetterColumn("to", label=capitalised(gettext_lazy("address")), sort_key="to"),
        StatusTagColumn(
            "state",
            label=capitalised(pgettext_lazy("letter", "state")),
            accessor="get_state_display",
            primary=lambda letter: letter.state == Letter.State.SENT,
        ),
        ReasonColumn("reason", label=capitalised(pgettext_lazy("letter", "reason"))),
        AgeColumn(
            "asked_at", label=capitalised(pgettext_lazy("letter", "asked for")), sort_key="asked_at"
        ),
        AgeColumn(
            "settled_at",
            label=capitalised(pgettext_lazy("letter", "settled")),
            sort_key="settled_at",
        ),
    ]
    list_export: list[str] = []

    def get_queryset(self) -> QuerySet[Letter]:
        return Letter.objects.select_related("person").defer("context", "text", "html")

    def get_filtered_queryset(self) -> QuerySet[Letter]:
        return self.search_queryset(super().get_filtered_queryset())

    def get_context_data(self, *args, **kwargs) -> dict[str, Any]:
        numbers = queries.letters_by_state()
        counts = [(state.label, numbers[state.value], state.value) for state in Letter.State]
        return super().get_context_data(*args, **kwargs) | {"counts": counts}


@require_POST
def send_again(request: HttpRequest, letter_id: str) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    letter = get_object_or_404(Letter, pk=letter_id)
    try:
        operations.send_again(letter=letter, at=timezone.now())
    except operations.CannotBeSentAgain:
        messages.error(
            request,
            _("This letter cannot leave again: what it held was emptied, or it has left."),
        )
    else:
        messages.success(
            request, _("The letter to %(address)s will leave again.") % {"address": letter.to}
        )
    return redirect("letters")


class LettersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("letters/", LettersView.as_view(), name="letters"),
        path("letters/results/", LettersView.as_view(results_only=True), name="letters_results"),
        path("letters/<uuid:letter_id>/send-again/", send_again, name="letter_send_again"),
    ]


@hooks.register("register_admin_menu_item")
def letters_menu_item() -> MenuItem:
    return LettersMenuItem(
        pgettext_lazy("mail", "Letters"),
        reverse("letters"),
        name="letters",
        icon_name="mail",
        order=700,
    )
