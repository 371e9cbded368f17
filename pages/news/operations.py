"""Writing news from the site, and withdrawing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction

from intranet.accounts.models import User
from intranet.files.models import HeldPicture
from intranet.files.operations import file_picture
from intranet.network.models import Association, Territory, Theme, WorkingGroup
from pages.audience.circles import Circle
from pages.news import moderation
from pages.news.models import NewsIndexPage, NewsPage, TruthQuestion
from pages.news.queries import same_news
from pages.news.texts import body_of

PRESSED_TWICE: Final = timedelta(minutes=5)


class NowhereToWrite(Exception):
    """The site has no list of news."""


@dataclass(frozen=True)
class Told:
    """What a member tells. `text` is None when the page holds more than a form can change."""

    title: str
    text: str | None
    circle: Circle = Circle.MEMBERS
    group: WorkingGroup | None = None
    photograph: HeldPicture | None = None
    keeps_image: bool = False
    image_alt: str = ""
    image_is_decorative: bool = False
    association: Association | None = None
    territories: Sequence[Territory] = ()
    themes: Sequence[Theme] = ()
    commitments: Sequence[Any] = ()
    until: date | None = None


@transaction.atomic
def write_news(*, told: Told, by: User, at: datetime) -> NewsPage:
    """Publish what a member tells, or have it read first. Raises `NowhereToWrite`.

    Pressed twice, the button makes one item.
    """
    # One at a time for each person, or the second press would not see the first.
    User.objects.select_for_update().get(pk=by.pk)
    index = NewsIndexPage.objects.live().first()
    if index is None:
        raise NowhereToWrite
    if twin := same_news(title=told.title, by=by, since=at - PRESSED_TWICE):
        return twin
    page = NewsPage(title=told.title, date=timezone.localdate(at), owner=by, live=False)
    _tell(page, told, by)
    index.add_child(instance=page)
    moderation.hand_in(page=page, by=by)
    return page


@transaction.atomic
def change_news(*, page: NewsPage, told: Told, by: User) -> NewsPage:
    """Put another text in the place of an item, or have it read first."""
    changed = page.get_latest_revision_as_object()
    _tell(changed, told, by)
    changed.full_clean()
    moderation.hand_in(page=changed, by=by)
    return changed


@transaction.atomic
def withdraw_news(*, page: NewsPage, by: User | None) -> None:
    """Take an item away from its readers. It is kept, and may be published again."""
    moderation.give_up(page=page, by=by)
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)


def settle_questions(*, page: NewsPage, at: datetime) -> None:
    """A text that was just published answers whether the item is still true."""
    asked = page.questions.filter(answer__in=[TruthQuestion.Answer.NONE, TruthQuestion.Answer.MEND])
    asked.update(answer=TruthQuestion.Answer.TRUE, answered_at=at)


def _tell(page: NewsPage, told: Told, by: User) -> None:
    page.title = page.draft_title = told.title
    if told.text is not None:
        page.body = body_of(told.text)  # type: ignore[assignment]
    page.circle, page.working_group = told.circle, told.group
    page.association = told.association
    page.territories.set(told.territories)
    page.themes.set(told.themes)
    page.commitments.set(told.commitments)
    page.expire_at = _end_of(told.until)
    if told.photograph is not None:
        page.image = file_picture(held=told.photograph, title=told.title, by=by)
    elif not told.keeps_image:
        page.image = None
    page.image_alt = told.image_alt if page.image else ""
    page.image_is_decorative = bool(page.image) and told.image_is_decorative


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None
