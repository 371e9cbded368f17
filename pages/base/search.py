"""Every page of the site in the search, whatever its type.

A page type says what is searched in it by Wagtail's own `search_fields`, which of the search's
kinds it is by `search_kind`, and the day that counts by `date`: a new type needs nothing here.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.index import RelatedFields, SearchField

from intranet.search.kinds import Kind
from intranet.search.sources import Findable, stamp_of
from pages.audience.queries import visible_to

# Said apart from the rest, and weighing more; `Page` searches its slug and owner too.
APART: Final = {"title", "summary", "search_description"}


class PageSource:
    name = "pages"

    def stamps(self) -> dict[str, str]:
        rows = _findable().values_list(
            "pk", "title", "live_revision_id", "last_published_at", "content_type_id"
        )
        return {str(pk): stamp_of(*row) for pk, *row in rows}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        for page in _findable().filter(pk__in=keys).specific():
            yield Findable(
                key=str(page.pk),
                kind=Kind(getattr(page, "search_kind", Kind.PAGE)),
                title=page.title,
                summary=getattr(page, "summary", "") or page.search_description,
                text=searched_text(page),
                date=_day_of(page),
                stamp=stamp_of(
                    page.title,
                    page.live_revision_id,
                    page.last_published_at,
                    page.content_type_id,
                ),
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        pages = visible_to(_findable().filter(pk__in=keys), request)
        return {str(pk) for pk in pages.values_list("pk", flat=True)}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        pages = Page.objects.filter(pk__in=keys)
        return {str(page.pk): url for page in pages if (url := page.get_url(request))}


def _findable() -> PageQuerySet:
    """The published pages that have an address: those of the site, its front page included."""
    pages = Page.objects.live()
    roots = Page.objects.filter(sites_rooted_here__isnull=False).values_list("path", flat=True)
    below = [Q(path__startswith=path) for path in roots]
    return pages.filter(reduce(or_, below)) if below else pages.none()


def searched_text(thing: Any) -> str:
    """What Wagtail's `search_fields` say of a page or of what belongs to it."""
    return "\n".join(_texts(thing, thing.get_search_fields()))


def _texts(thing: Any, fields: list) -> Iterator[str]:
    for field in fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(thing)
            some = related.all() if hasattr(related, "all") else [related] if related else []
            for one in some:
                yield from _texts(one, field.fields)
        elif isinstance(field, SearchField) and field.field_name not in APART:
            yield _as_text(field.get_value(thing))


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple | set):
        return "\n".join(map(_as_text, value))
    # Rich text that a type searches as it is stored: words of two paragraphs stay apart.
    return strip_tags(str(value).replace("<", " <"))


def _day_of(page: Page) -> date | None:
    day = getattr(page, "date", None) or page.first_published_at
    if isinstance(day, datetime):
        return localdate(day)
    return day if isinstance(day, date) else None
