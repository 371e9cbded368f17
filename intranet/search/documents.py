"""Documents that people bring, found by their title and by what they say."""

import logging
from collections.abc import Collection, Iterator

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from intranet.document_texts import UnreadableDocument, read_document
from intranet.files.queries import open_to
from intranet.search.kinds import Kind
from intranet.search.sources import Findable, sources, stamp_of

# The source of the upper floor that knows who may read a page.
PAGES = "pages"

logger = logging.getLogger(__name__)


class DocumentSource:
    """A document is found by whoever may read it where it lies, and where it is published.

    Its collection decides. When pages use it, one of them has moreover to be open to the
    reader: what an editor joined to the page of a group, in a collection of everybody, is not
    told to everybody. Which pages are open is asked of the upper floor, by name.
    """

    name = "documents"

    def stamps(self) -> dict[str, str]:
        rows = get_document_model().objects.values_list("pk", "title", "file", "file_hash")
        return {str(pk): stamp_of(*row) for pk, *row in rows}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        documents = get_document_model().objects.filter(pk__in=keys).prefetch_related("tags")
        for document in documents:
            text, is_closed, is_lost = _words_of(document)
            tags = ", ".join(tag.name for tag in document.tags.all())
            yield Findable(
                key=str(document.pk),
                kind=Kind.DOCUMENT,
                title=document.title,
                summary=tags,
                text=f"{text}\n{document.filename}",
                date=document.created_at.date(),
                # A file that was away is looked for again by the next repair.
                stamp=""
                if is_lost
                else stamp_of(document.title, document.file.name, document.file_hash),
                is_closed=is_closed,
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        documents = open_to(get_document_model().objects.filter(pk__in=keys), request)
        where_open = {str(pk) for pk in documents.values_list("pk", flat=True)}
        return where_open - self._only_on_closed_pages(where_open, request)

    def _only_on_closed_pages(self, keys: set[str], request: HttpRequest) -> set[str]:
        """Those that pages use, none of which the person may read."""
        used = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(get_document_model()),
            to_object_id__in=keys,
            base_content_type=ContentType.objects.get_for_model(Page),
        )
        uses = set(used.values_list("to_object_id", "object_id"))
        if not uses:
            return set()
        readable = sources()[PAGES].visible({page for _key, page in uses}, request)
        return {key for key, _page in uses} - {key for key, page in uses if page in readable}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        documents = get_document_model().objects.filter(pk__in=keys)
        return {str(document.pk): document.url for document in documents}


def _words_of(document) -> tuple[str, bool, bool]:
    """What a document says; whether it could not be read inside, or not be opened at all."""
    try:
        with document.file.open("rb") as file:
            return read_document(file.read()), False, False
    except UnreadableDocument as refused:
        logger.info("Document %d is not read inside: %s", document.pk, refused.reason)
        return "", True, False
    except (OSError, ValueError):
        logger.warning("The file of document %d cannot be opened", document.pk)
        return "", True, True
