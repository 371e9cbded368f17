"""The letters that news sends: to authors, to their readers, to associations."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.notifications.models import Letter
from intranet.notifications.operations import queue_letter
from intranet.templatetags.typography import day
from pages.news.models import Acknowledgement, NewsPage, TruthQuestion
from pages.news.queries import people_asked

PUBLISHED: Final = "pages/news/letters/news-published"
CHANGES: Final = "pages/news/letters/news-changes"
TO_READ: Final = "pages/news/letters/news-to-read"
ACKNOWLEDGE: Final = "pages/news/letters/news-acknowledge"
STILL_TRUE: Final = "pages/news/letters/news-still-true"


def tell_author_it_is_published(page: NewsPage, occasion: str, at: datetime) -> None:
    _tell_author(
        page,
        kind="news-published",
        template=PUBLISHED,
        occasion=occasion,
        subject=_("Your news is published: %(title)s") % {"title": page.title},
        context={"address": page.get_url() or ""},
        at=at,
    )


def tell_author_what_to_change(
    page: NewsPage, occasion: str, *, title: str, comment: str, reader: str, at: datetime
) -> None:
    """The reader's own words, in the letter: nobody has to log in to know them."""
    _tell_author(
        page,
        kind="news-changes",
        template=CHANGES,
        occasion=occasion,
        subject=_("Something to change in your news: %(title)s") % {"title": title},
        context={
            "comment": comment,
            "reader": reader,
            "address": reverse("news_change", args=[page.pk]),
        },
        at=at,
        title=title,
    )


def _tell_author(
    page: NewsPage,
    *,
    kind: str,
    template: str,
    occasion: str,
    subject: str,
    context: dict[str, Any],
    at: datetime,
    title: str = "",
) -> None:
    author = page.owner
    if author is None or not author.is_active:
        return
    queue_letter(
        kind=kind,
        occasion=occasion,
        to=author.email,
        person=author,
        subject=subject,
        template=template,
        context={"name": author.first_name, "title": title or page.title, **context},
        at=at,
    )


def tell_readers_it_waits(
    page: NewsPage, occasion: str, *, title: str, people: list[User], at: datetime
) -> None:
    """To those who may publish it. By the time it leaves, somebody may have read it."""
    for person in people:
        queue_letter(
            kind="news-to-read",
            occasion=occasion,
            to=person.email,
            person=person,
            subject=_("A piece of news to read: %(title)s") % {"title": title},
            template=TO_READ,
            context={
                "name": person.first_name,
                "title": title,
                "author": str(page.owner or ""),
                "address": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "page": page.pk,
            },
            check="pages.news.notifications.still_waits",
            at=at,
        )


def still_waits(letter: Letter) -> bool:
    page = NewsPage.objects.filter(pk=letter.context["page"]).first()
    return page is not None and page.workflow_in_progress


def remind_to_acknowledge(
    page: NewsPage, association: Association, address: str, person: User | None, at: datetime
) -> None:
    queue_letter(
        kind="news-acknowledge",
        occasion=f"{page.pk} {association.pk} {at:%Y-%m-%d}",
        to=address,
        person=person,
        subject=_("%(association)s is asked to take note: %(title)s")
        % {"association": association, "title": page.title},
        template=ACKNOWLEDGE,
        context={
            "title": page.title,
            "association": str(association),
            "day": day(page.acknowledge_by),
            "address": page.get_url() or "",
            "page": page.pk,
            "association_key": association.pk,
        },
        check="pages.news.notifications.not_acknowledged",
        at=at,
    )


def not_acknowledged(letter: Letter) -> bool:
    """Whether a reminder is still needed when it leaves, and still for this person."""
    key, association = letter.context["page"], letter.context["association_key"]
    done = Acknowledgement.objects.filter(page=key, association=association)
    page = NewsPage.objects.live().filter(pk=key).exclude(acknowledge_by=None).first()
    if page is None or done.exists():
        return False
    return letter.person is None or people_asked(page).filter(pk=letter.person.pk).exists()


def ask_whether_still_true(question: TruthQuestion, author: User, token: str, at: datetime) -> None:
    page = question.page
    answers = {
        name: f"{reverse('news_truth', args=[token])}?reponse={name}"
        for name in TruthQuestion.Answer.values
        if name
    }
    queue_letter(
        kind="news-still-true",
        occasion=str(question.pk),
        to=author.email,
        person=author,
        subject=_("Is it still true? %(title)s") % {"title": page.title},
        template=STILL_TRUE,
        context={
            "name": author.first_name,
            "title": page.title,
            "day": day(page.date),
            "address": page.get_url() or "",
            **{f"{name}_address": address for name, address in answers.items()},
            "question": question.pk,
        },
        check="pages.news.notifications.awaits_its_answer",
        at=at,
    )


def awaits_its_answer(letter: Letter) -> bool:
    return TruthQuestion.objects.filter(
        pk=letter.context["question"], answer=TruthQuestion.Answer.NONE, page__live=True
    ).exists()
