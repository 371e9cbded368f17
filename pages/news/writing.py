"""The screens where members write their news and look after it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intranet.accounts.models import User
from pages.news import moderation, operations, permissions, queries
from pages.news.forms import NewsForm, typed_before
from pages.news.models import NewsPage
from pages.news.texts import body_of

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """A request that passed `members_only`."""

    user: User


def members_only(view: View) -> View:
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_write(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def own_news(request: PersonRequest, pk: int) -> NewsPage:
    page = get_object_or_404(NewsPage, pk=pk)
    if not permissions.may_change(request.user, page):
        # As if it did not exist: somebody else's draft is not announced.
        raise Http404
    return page


@members_only
def write(request: PersonRequest) -> HttpResponse:
    """Type, look, then publish: posts of the same form."""
    if request.method != "POST":
        return _form(request, NewsForm(by=request.user))
    form = NewsForm(request.POST, request.FILES, by=request.user)
    if not _is_ready(form):
        return _form(request, form)
    if "confirmed" not in request.POST:
        return _preview(request, form)
    try:
        page = operations.write_news(told=form.told(), by=request.user, at=timezone.now())
    except operations.NowhereToWrite:
        form.add_error(None, _("The site has no list of news yet: tell the network's animator."))
        return _form(request, form)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _form(request, form)
    return _published(request, page)


@members_only
def change(request: PersonRequest, pk: int) -> HttpResponse:
    page = own_news(request, pk)
    newest = page.get_latest_revision_as_object()
    if request.method != "POST":
        form = NewsForm(by=request.user, page=newest, initial=typed_before(newest))
        return _form(request, form, page)
    form = NewsForm(request.POST, request.FILES, by=request.user, page=newest)
    if not _is_ready(form):
        return _form(request, form, page)
    if "confirmed" not in request.POST:
        return _preview(request, form, page)
    try:
        changed = operations.change_news(page=page, told=form.told(), by=request.user)
    except ValidationError as error:
        # What the page refuses and the form does not know: it was featured, and others are now.
        form.add_error(None, error.messages)
        return _form(request, form, page)
    return _published(request, changed)


def _is_ready(form: NewsForm) -> bool:
    form.hold()
    is_valid = form.is_valid()
    return is_valid and not form.is_unfinished


def _form(request: PersonRequest, form: NewsForm, page: NewsPage | None = None) -> HttpResponse:
    review = queries.written(page) if page else None
    context = {
        "form": form,
        "news": page,
        "newest": form.page,
        "review": review,
        "is_read_first": moderation.is_read_first(request.user),
        "opened": [name for name in ("themes", "commitments", "until") if form[name].value()],
    }
    return render(request, "pages/news/news_form.html", context)


def _preview(request: PersonRequest, form: NewsForm, page: NewsPage | None = None) -> HttpResponse:
    told = form.told()
    body = form.page.body if told.text is None and form.page else None
    shown = NewsPage(title=told.title, body=body if body is not None else body_of(told.text or ""))
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "photograph_id", "change", "confirmed"}
        for value in values
    ]
    context = {
        "form": form,
        "told": told,
        "shown": shown,
        "news": page,
        "sent": sent,
        "is_read_first": moderation.is_read_first(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "pages/news/news_preview.html", context)


def _published(request: PersonRequest, page: NewsPage) -> HttpResponse:
    state = queries.written(page).state
    if state == queries.State.READ:
        messages.success(
            request, _("Your news was sent. It appears once somebody of the network has read it.")
        )
        return redirect("my_news")
    messages.success(request, _("Your news is published."))
    return redirect(NewsPage.objects.get(pk=page.pk).get_url(request) or "my_news")


@require_safe
@members_only
def my_news(request: PersonRequest) -> HttpResponse:
    context = {"written": queries.written_by(request.user), "today": timezone.localdate()}
    return render(request, "pages/news/my_news.html", context)


@members_only
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    page = own_news(request, pk)
    if request.method != "POST":
        return render(request, "pages/news/news_withdraw.html", {"news": page})
    operations.withdraw_news(page=page, by=request.user)
    messages.success(request, _("Your news is withdrawn: nobody reads it any more."))
    return redirect("my_news")
