"""A source of the weekly letter made of pages: ten lines in the room whose pages they are."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from intranet.digest.contract import Item, Offer, Readers, Section
from intranet.digest.queries import page_readers

LONGEST_TEXT = 120
PARAGRAPHS = 2


def page_offers(
    pages: Iterable[Page],
    *,
    section: Section,
    readers: Readers,
    text: Callable[..., str] | None = None,
) -> Iterator[Offer]:
    """One item a page, for those who may read it. Its text: the summary and first paragraphs."""
    pages = list(pages)
    allowed = page_readers(pages, readers)
    for page in pages:
        item = Item(
            key=f"page {page.pk}",
            section=section,
            title=page.title,
            text=(text or opening_words)(page),
            path=page.get_url() or "/",
            at=page.first_published_at,
            page_id=page.pk,
        )
        yield Offer(item, allowed[page.pk])


def opening_words(page: Page) -> str:
    """The summary, then the first paragraphs of the body, as plain text."""
    summary = getattr(page, "summary", "")
    parts, left = [summary] if summary else [], LONGEST_TEXT
    for paragraph in _paragraphs(page):
        if left > 0:
            parts.append(Truncator(paragraph).words(left, truncate="…"))
        left -= len(paragraph.split())
    return "\n\n".join(parts)


def _paragraphs(page: Page) -> list[str]:
    body = getattr(page, "body", None)
    if body is None or not isinstance(page._meta.get_field("body"), StreamField):
        return []
    found: list[str] = []
    for block in body:
        if isinstance(block.value, RichText):
            found += _plain(block.value.source)
        if len(found) >= PARAGRAPHS:
            break
    return found[:PARAGRAPHS]


def _plain(html: str) -> list[str]:
    """The paragraphs of a rich text, without its tags."""
    parts = html.replace("</p>", "\n\n").replace("<br/>", "\n").replace("</li>", "\n\n")
    # The entities of a rich text are those of XML.
    words = strip_tags(parts).replace("&nbsp;", " ").replace("&quot;", '"').replace("&#x27;", "'")
    words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [" ".join(part.split()) for part in words.split("\n\n") if part.strip()]
