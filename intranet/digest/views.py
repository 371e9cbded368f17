"""The letter on the web, its items, how to stop it, and one's rhythm.

Signed links open without a password: what they show is read only, never kept by a cache or a
search engine, and their address is told to no other site.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from intranet.accounts.models import User
from intranet.digest import letters, links, operations, queries
from intranet.digest.forms import RhythmForm
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference

SHOWN = 20

View = Callable[..., HttpResponse]


def discreet(view: View) -> View:
    """For what a signed link opens."""

    @never_cache
    @wraps(view)
    def hidden(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return hidden


def _opened(token: str) -> DigestLetter | None:
    number = links.read_letter_token(token)
    return queries.letter_with(number) if number else None


@discreet
@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponse:
    found = _opened(token)
    if found is None:
        return render(request, "intranet/digest/link_expired.html", status=410)
    entries = letters.standing(found.person, queries.entries_of(found))
    return render(request, "intranet/digest/letter.html", letters.letter_words(found, entries))


@discreet
@require_safe
def item(request: HttpRequest, token: str, entry: int) -> HttpResponse:
    """That item alone, to whom it was sent; the site itself to whoever is logged in."""
    found = _opened(token)
    if found is None:
        return render(request, "intranet/digest/link_expired.html", status=410)
    if entry not in found.entries:
        raise Http404
    told = [one for one in queries.entries_of(found) if one.pk == entry]
    shown = letters.standing(found.person, told)
    if not shown:
        context = {"letter_path": links.letter_path(found)}
        return render(request, "intranet/digest/item_gone.html", context, status=410)
    return _show(request, found, shown[0])


def _show(request: HttpRequest, found: DigestLetter, entry: DigestEntry) -> HttpResponse:
    page = Page.objects.filter(pk=entry.page_id).first() if entry.page_id else None
    if page is None or request.user == found.person:
        # What is answered, not read, asks who answers.
        return redirect(entry.path)
    context = {
        "page": page.specific,
        "letter_path": links.letter_path(found),
        "may_log_in": found.person.has_usable_password(),
    }
    return render(request, "intranet/digest/item.html", context)


def _leaving(token: str) -> User:
    number = links.read_unsubscribe_token(token)
    if number is None:
        raise Http404
    return get_object_or_404(User, pk=number)


# A mail program posts here by itself (RFC 8058): it has neither session nor form.
@csrf_exempt
@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A POST stops the letter; a GET, which scanners of mail make too, asks first."""
    person = _leaving(token)
    if request.method == "POST":
        never = DigestPreference.Rhythm.NEVER
        operations.choose_rhythm(person=person, rhythm=never, at=timezone.now())
        return _stopped(request, token, person, resumed=False)
    return render(request, "intranet/digest/unsubscribe.html", {"person": person})


@csrf_exempt
@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The way back."""
    person = _leaving(token)
    if request.method != "POST":
        return redirect("digest_unsubscribe", token)
    weekly = DigestPreference.Rhythm.WEEKLY
    operations.choose_rhythm(person=person, rhythm=weekly, at=timezone.now())
    return _stopped(request, token, person, resumed=True)


def _stopped(request: HttpRequest, token: str, person: User, *, resumed: bool) -> HttpResponse:
    context = {"person": person, "token": token, "resumed": resumed}
    return render(request, "intranet/digest/unsubscribed.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_letters(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = RhythmForm(request.POST or None, initial={"rhythm": queries.rhythm_of(request.user)})
    if request.method == "POST" and form.is_valid():
        rhythm = form.cleaned_data["rhythm"]
        operations.choose_rhythm(person=request.user, rhythm=rhythm, at=timezone.now())
        messages.success(request, _("Your choice is saved."))
        return redirect("my_letters")
    sent = [(one, links.letter_path(one)) for one in queries.letters_of(request.user)[:SHOWN]]
    return render(request, "intranet/digest/my_letters.html", {"form": form, "sent": sent})
