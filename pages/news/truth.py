"""Asking the author, a year after, whether an item is still true."""

from datetime import datetime
from typing import Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from intranet.accounts.models import User
from pages.news import notifications
from pages.news.models import NewsPage, TruthQuestion
from pages.news.operations import withdraw_news
from pages.news.queries import due_questions

SALT: Final = "pages.news.truth"


class AlreadyAnswered(Exception):
    """The author, or a year, has answered before."""


@transaction.atomic
def ask_due_questions(*, at: datetime) -> int:
    """Ask about every item that a year has passed over; how many. Each is asked once a year."""
    pages = due_questions(on=timezone.localdate(at))
    for page in pages:
        ask(page=page, at=at)
    return len(pages)


@transaction.atomic
def ask(*, page: NewsPage, at: datetime) -> TruthQuestion:
    """Ask its author, by letter. Whoever has left is not written to: the animator sees it."""
    question, is_new = TruthQuestion.objects.get_or_create(
        page=page, asked_date=timezone.localdate(at)
    )
    author = page.owner
    if is_new and author is not None and author.is_active:
        notifications.ask_whether_still_true(question, author, token_of(question), at)
    return question


@transaction.atomic
def answer(*, question: TruthQuestion, answer: str, by: User | None, at: datetime) -> None:
    """Keep the author's answer; withdraw the item if that is the answer."""
    locked = TruthQuestion.objects.select_for_update().get(pk=question.pk)
    if locked.is_settled:
        raise AlreadyAnswered
    locked.answer, locked.answered_at = answer, at
    locked.save(update_fields=["answer", "answered_at"])
    if answer == TruthQuestion.Answer.WITHDRAW:
        withdraw_news(page=question.page, by=by)


def token_of(question: TruthQuestion) -> str:
    return signing.dumps(question.pk, salt=SALT)


def question_of(token: str) -> TruthQuestion | None:
    """The question that a letter asked, of an item that is still read."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found = TruthQuestion.objects.filter(pk=key).select_related("page__owner")
    return found.first()
