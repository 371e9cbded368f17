"""From what a document says to the charter's pages: published the first time, proposed after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from intranet.accounts.models import User
from pages.blocks.text import plain_text
from pages.charter.anchors import Stream
from pages.charter.frozen import Content, frozen
from pages.charter.models import ArticlePage, CharterPage, Commitment, Value, latest_stream
from pages.charter.operations import publish_version
from pages.charter.plan import (
    Changes,
    Entry,
    Known,
    body_of,
    compare,
    entries,
    give_anchors,
    reuse_ids,
    same,
)
from pages.charter.structure import Charter, Prose


@dataclass(frozen=True)
class Imported:
    """What an import did. `changes` is None the first time; `drafts` counts pages proposed.

    `content` is what the document says, as a version would keep it.
    """

    articles: list[tuple[int, str, str]]
    entries: list[Entry]
    bodies: list[Stream]
    changes: Changes | None
    drafts: int
    content: Content


@transaction.atomic
def import_charter(
    *, charter: Charter, home: Page, by: User | None = None, at: datetime | None = None
) -> Imported:
    """Publish a charter where there is none, as version 1; propose drafts where there is one.

    Nothing that readers see changes the second time: an editor compares, and publishes the next
    version. What the document no longer has stays published until somebody withdraws it.
    """
    page = CharterPage.objects.first()
    existing = list(ArticlePage.objects.select_related("latest_revision")) if page else []
    known = _known(existing)
    bodies = [body_of(article) for article in charter.articles]
    given = give_anchors(charter.articles, bodies, known)
    titles = [article.title or _article_title(article.number) for article in charter.articles]
    wanted = [
        entry
        for article, anchor, title, body in zip(
            charter.articles, given, titles, bodies, strict=True
        )
        for entry in entries(anchor, article.number, title, body)
    ]
    changes = compare(_in_force(existing), wanted) if page else None

    first = page is None
    if page is None:
        page = home.add_child(instance=CharterPage(slug="charte", live=False, **_fields(charter)))
        page.seo_title = _("The charter")
        page.show_in_menus = True
        page.save_revision(user=by).publish(user=by)
        page.move(home, pos="first-child")
        page.refresh_from_db()
        drafts = 1
    else:
        drafts = _propose_charter(page, _fields(charter), by)
    by_anchor = {article.anchor: article for article in existing}
    for article, anchor, title, body in zip(charter.articles, given, titles, bodies, strict=True):
        draft = by_anchor.get(anchor)
        fields = {"number": article.number, "title": title}
        if draft is None:
            new = _add_article(page, anchor, fields, body, by)
            if first:
                new.get_latest_revision().publish(user=by)
            drafts += 1
        else:
            drafts += _propose_article(draft, fields, body, by)
    if first:
        publish_version(reason=_("First publication."), by=by, at=at or timezone.now())
    numbered = [
        (article.number, title, anchor)
        for article, title, anchor in zip(charter.articles, titles, given, strict=True)
    ]
    content = frozen(
        _fields(charter),
        [
            {"anchor": anchor, "number": number, "title": title, "body": body}
            for (number, title, anchor), body in zip(numbered, bodies, strict=True)
        ],
    )
    return Imported(numbered, wanted, bodies, changes, 0 if first else drafts, content)


@transaction.atomic
def preview_import(*, charter: Charter, home: Page) -> Imported:
    """What an import would do; nothing is written."""
    imported = import_charter(charter=charter, home=home)
    transaction.set_rollback(True)
    return imported


def _article_title(number: int) -> str:
    return _("Article %(number)s") % {"number": number}


# -- What is there -----------------------------------------------------------------------


def _known(existing: list[ArticlePage]) -> Known:
    known = Known()
    for article in existing:
        latest = article.get_latest_revision_as_object()
        known.articles[article.anchor] = [article.title, latest.title]
        known.numbers[article.number] = article.anchor
        known.learn(article.body.get_prep_value())
        known.learn(latest_stream(article))
    for commitment in Commitment.objects.exclude(anchor__in=known.commitments):
        known.retired[commitment.anchor] = [commitment.text]
    for value in Value.objects.exclude(anchor__in=known.names):
        known.retired_names[value.anchor] = [value.name]
    return known


def _in_force(existing: list[ArticlePage]) -> list[Entry]:
    published = sorted((page for page in existing if page.live), key=lambda page: page.number)
    return [
        entry
        for page in published
        for entry in entries(page.anchor, page.number, page.title, page.body.get_prep_value())
    ]


def _fields(charter: Charter) -> dict[str, str]:
    return {
        "title": charter.title or _("Charter"),
        "subtitle": charter.subtitle,
        "introduction": _html(charter.introduction),
        "closing_title": charter.closing.title,
        "closing": _html(charter.closing.blocks),
        "members": "\n".join(charter.closing.members),
    }


def _html(blocks: tuple[Prose, ...]) -> str:
    return "".join(block.html for block in blocks)


# -- What is written ---------------------------------------------------------------------


def _propose_charter(page: CharterPage, fields: dict[str, str], by: User | None) -> int:
    draft = page.get_latest_revision_as_object()
    if _says(page, fields) or _says(draft, fields):
        return 0
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=by, log_action=True)
    return 1


def _says(page: CharterPage, fields: dict[str, str]) -> bool:
    return all(_text(getattr(page, name)) == _text(value) for name, value in fields.items())


def _text(value: str) -> list[str]:
    """What a text says, whether an editor's screen or a document wrote it."""
    return (plain_text(value) if "<" in value else value).split()


def _add_article(
    charter: CharterPage, anchor: str, fields: dict[str, Any], body: Stream, by: User | None
) -> ArticlePage:
    article = ArticlePage(slug=anchor, anchor=anchor, live=False, body=body, **fields)
    charter.add_child(instance=article)
    article.save_revision(user=by, log_action=True)
    return article


def _propose_article(
    article: ArticlePage, fields: dict[str, Any], body: Stream, by: User | None
) -> int:
    draft = article.get_latest_revision_as_object()
    for page, stream in (
        (article, article.body.get_prep_value()),
        (draft, latest_stream(article)),
    ):
        if same(stream, body) and all(getattr(page, key) == value for key, value in fields.items()):
            return 0
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.body = reuse_ids(body, latest_stream(article))
    # The anchors were given over the whole charter: a text may come from another article,
    # whose draft still holds it. And two articles may be exchanging their numbers.
    draft.save_revision(user=by, log_action=True, clean=False, anchors_given=True)
    return 1
