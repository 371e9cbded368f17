"""The screens where associations take note, authors confirm, and animators follow both."""

import csv

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from intranet.network.models import Association
from intranet.templatetags.typography import day
from pages.audience.queries import visible_to
from pages.news import acknowledging, permissions, queries, truth
from pages.news.models import NewsPage, TruthQuestion
from pages.news.writing import PersonRequest, members_only

SPREADSHEETS_RUN = ("=", "+", "-", "@", "\t", "\r")


def followed_news(request: PersonRequest, pk: int) -> NewsPage:
    if not permissions.may_follow(request.user):
        raise PermissionDenied
    return get_object_or_404(NewsPage.objects.exclude(acknowledge_by=None), pk=pk)


@require_POST
@members_only
def acknowledge(request: PersonRequest, pk: int, association: str) -> HttpResponse:
    page = visible_to(NewsPage.objects.filter(pk=pk), request).first()
    asked = get_object_or_404(Association, slug=association)
    if page is None or not permissions.may_acknowledge(request.user, asked):
        raise Http404
    try:
        acknowledging.acknowledge(page=page, association=asked, by=request.user, at=timezone.now())
    except acknowledging.NotAsked:
        messages.info(request, _("This news no longer asks anybody to take note."))
    else:
        messages.success(
            request, _("Noted: %(association)s has taken note. Thank you!") % {"association": asked}
        )
    return redirect(page.get_url(request))


@require_safe
@members_only
def follow_up(request: PersonRequest) -> HttpResponse:
    """What an animator looks after: to be read, to be acknowledged, to be confirmed."""
    if not permissions.may_follow(request.user):
        raise PermissionDenied
    context = {
        "waiting": queries.news_to_read(),
        "asking": queries.news_to_acknowledge(),
        "unanswered": queries.unanswered_questions(),
    }
    return render(request, "pages/news/follow_up.html", context)


@require_safe
@members_only
def acknowledgements(request: PersonRequest, pk: int) -> HttpResponse:
    page = followed_news(request, pk)
    rows = queries.followed_acknowledgements(page)
    late = [row.association for row in rows if row.acknowledgement is None]
    context = {
        "news": page,
        "rows": rows,
        "late": late,
        "done": len(rows) - len(late),
        "reminder": page.reminders.order_by("-on_date").first(),
        "today": timezone.localdate(),
    }
    return render(request, "pages/news/acknowledgements.html", context)


@require_safe
@members_only
def acknowledgements_csv(request: PersonRequest, pk: int) -> HttpResponse:
    page = followed_news(request, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.csv"'
    response["Cache-Control"] = "private, no-store"
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow([_("Association"), _("Has taken note on"), _("Person"), _("E-mail address")])
    for row in queries.followed_acknowledgements(page):
        said = row.acknowledgement
        cells = [
            str(row.association),
            day(timezone.localdate(said.at)) if said else "",
            str(said.by or "") if said else "",
            row.association.email,
        ]
        # What a spreadsheet would take for a formula.
        sheet.writerow(
            [f"'{cell}" if cell.startswith(SPREADSHEETS_RUN) else cell for cell in cells]
        )
    return response


@require_POST
@members_only
def remind(request: PersonRequest, pk: int) -> HttpResponse:
    page = followed_news(request, pk)
    try:
        letters = acknowledging.remind(page=page, at=timezone.now())
    except acknowledging.RemindedToday:
        messages.info(request, _("They were written to today already. Try again tomorrow."))
    except acknowledging.NotAsked:
        messages.info(request, _("This news is not published: nobody is written to."))
    else:
        messages.success(
            request,
            ngettext("%(count)s letter leaves.", "%(count)s letters leave.", letters)
            % {"count": letters},
        )
    return redirect("news_acknowledgements", pk=page.pk)


def still_true(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a letter, without logging in: a button confirms, for machines open links too."""
    question = truth.question_of(token)
    if question is None:
        raise Http404
    wanted = request.POST.get("answer") or request.GET.get("reponse", "")
    answers = {name for name in TruthQuestion.Answer.values if name}
    context = {"question": question, "wanted": wanted if wanted in answers else "", "token": token}
    if not question.page.live or question.is_settled:
        return render(request, "pages/news/truth_answered.html", context)
    if request.method != "POST" or wanted not in answers:
        return render(request, "pages/news/truth.html", context)
    author = question.page.owner
    try:
        truth.answer(question=question, answer=wanted, by=author, at=timezone.now())
    except truth.AlreadyAnswered:
        return redirect("news_truth", token=token)
    if wanted == TruthQuestion.Answer.MEND:
        return redirect("news_change", pk=question.page_id)
    return redirect("news_truth", token=token)
