"""What is written when the charter changes."""

from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from intranet.accounts.models import User
from intranet.jobs.operations import enqueue
from pages.blocks.text import plain_text
from pages.charter.frozen import checksum_of, freeze
from pages.charter.models import ArticlePage, CharterPage, CharterVersion, Commitment, Value
from pages.charter.queries import latest_version, proposed_articles

OUT_OF_THE_WAY: Final = 1000
"""Added to the numbers of articles while they exchange them."""


class NothingToPublish(Exception):
    """There is no charter, or it has no article."""


class NothingChanged(Exception):
    """The text is the one of the latest version."""


class DraftRefused(Exception):
    """A draft cannot be published as it is; the message says which and why."""


@transaction.atomic
def publish_version(*, reason: str, by: User | None, at: datetime) -> CharterVersion:
    """Publish every draft of the charter, and freeze the whole text as the next version.

    All or nothing. Raises `NothingToPublish`, `NothingChanged` or `DraftRefused`. Whoever signed
    another version is asked to confirm, once the version is there for good.
    """
    # Two people who publish at once wait for each other, and the second finds nothing to do.
    page = CharterPage.objects.select_for_update(of=("self",)).first()
    articles = list(proposed_articles())
    if page is None or not articles:
        raise NothingToPublish
    _publish_drafts(page, articles, by)
    page.refresh_from_db()
    live = ArticlePage.objects.filter(live=True)
    content = freeze(page, live)
    checksum = checksum_of(content)
    latest = latest_version()
    if latest and latest.checksum == checksum:
        raise NothingChanged
    version = CharterVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        published_at=at,
        published_by=by,
        reason=reason.strip(),
        content=content,
        checksum=checksum,
    )
    enqueue("pages.signatures.tasks.ask_to_confirm", version.pk)
    return version


def _publish_drafts(page: CharterPage, articles: list[ArticlePage], by: User | None) -> None:
    changed = [article for article in articles if article.has_unpublished_changes]
    # Two articles may exchange their numbers: neither may find the other in its place.
    ArticlePage.objects.filter(pk__in=[article.pk for article in changed]).update(
        number=F("number") + OUT_OF_THE_WAY
    )
    drafts = [page, *changed] if page.has_unpublished_changes or not page.live else changed
    for draft in drafts:
        try:
            draft.get_latest_revision().publish(user=by)
        except ValidationError as error:
            title = draft.get_latest_revision_as_object().title
            raise DraftRefused(f"{title}: {' '.join(error.messages)}") from error


@transaction.atomic
def synchronise_article(*, article: ArticlePage) -> None:
    """Make the rows of an article say what its published page says.

    A row that the page no longer holds is no longer current; it stays, because questions and
    answers point at it. Doing it twice changes nothing.
    """
    origin = {
        "article": article,
        "article_number": article.number,
        "article_title": article.title,
        "is_current": True,
    }
    values: list[dict[str, Any]] = []
    commitments: list[dict[str, Any]] = []
    group = 0
    for block in article.body:
        if block.block_type == "value":
            values.append(_value(block.value) | {"position": len(values) + 1})
        elif block.block_type == "commitments":
            group += 1
            for commitment in block.value["commitments"]:
                commitments.append(
                    {
                        "anchor": commitment["anchor"],
                        "text": commitment["text"].strip(),
                        "group": group,
                        "group_introduction": block.value["introduction"].strip(),
                        "position": len(commitments) + 1,
                    }
                )
    for model, wanted in ((Value, values), (Commitment, commitments)):
        for row in wanted:
            model.objects.update_or_create(anchor=row["anchor"], defaults={**row, **origin})
        anchors = [row["anchor"] for row in wanted]
        model.objects.filter(article=article).exclude(anchor__in=anchors).update(is_current=False)


def _value(value: Any) -> dict[str, Any]:
    return {
        "anchor": value["anchor"],
        "name": value["name"].strip(),
        "text": plain_text(value["text"].source),
    }


def withdraw_article(*, article: ArticlePage) -> None:
    """An article that readers no longer see commits nobody."""
    article.commitments.update(is_current=False)
    article.values.update(is_current=False)
