"""The circle of a file: who may read the pages that carry it, and nobody else.

Wagtail's page privacy does not reach files. A document or an image that only closed pages carry
is put into a collection that is closed to the same people; it comes out when somebody opens its
page, and every page that carries it is open. An editor who chose a closed collection knows
better: such a file is left there.
"""

from collections import defaultdict
from typing import Any, Final, Literal

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, CharField, Model, QuerySet
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail.query import PageQuerySet

from intranet.files.closing import groups_collection, members_collection, waiting_collection
from intranet.files.models import ClosedCollection

EVERYBODY: Final = "everybody"
MEMBERS: Final = "members"
Readers = Literal["everybody", "members"] | frozenset[int]
"""Who may read something: everybody, the members' circle, or some of Django's groups."""


def carried(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """What Wagtail's reference index knows of pages that carry documents, or images."""
    content_types = ContentType.objects.get_for_models(Page, model)
    return ReferenceIndex.objects.filter(
        base_content_type=content_types[Page], to_content_type=content_types[model]
    )


@transaction.atomic
def keep_in_circle(*, pages: PageQuerySet, opens: bool = False) -> None:
    """Put what these pages carry where the same people may read it.

    A closed file leaves for everybody only when `opens` says that somebody opened its page, or
    when it waited for its first one: a public page that points at it is not enough.
    """
    for model in (get_document_model(), get_image_model()):
        files = _files_of(model, pages.live())
        shelves, closings = _Shelves(), _closings() if files else {}
        for file, carriers in files:
            if shelves.are_theirs(file.collection):
                continue
            readers = {_readers_of(path, closings) for path in carriers}
            if EVERYBODY not in readers:
                _move(file, shelves.closed_to(readers))
            elif readers == {EVERYBODY} and (opens or shelves.are_waiting(file.collection)):
                _move(file, Collection.get_first_root_node())
            # What everybody could read stays so; what was closed is not opened by a link to it.


@transaction.atomic
def withdraw_files(*, page: Page) -> None:
    """Close what a page that was withdrawn showed to everybody, unless another one shows it."""
    for model in (get_document_model(), get_image_model()):
        files = _files_of(model, Page.objects.filter(pk=page.pk))
        shelves, closings = _Shelves(), _closings() if files else {}
        for file, carriers in files:
            # A page that is being deleted still looks published.
            others = {_readers_of(path, closings) for path in carriers if path != page.path}
            if shelves.are_open(file.collection) and EVERYBODY not in others:
                _move(file, shelves.closed_to(others) if others else waiting_collection())


def _files_of(model: type[Model], pages: QuerySet[Page]) -> list[tuple[Any, list[str]]]:
    """The files of these pages, each with the places of all the published pages that carry it."""
    keys = pages.order_by().annotate(key=Cast("pk", CharField())).values("key")
    carried_here = carried(model).filter(object_id__in=keys).values("to_object_id")
    references = carried(model).filter(to_object_id__in=carried_here)
    pairs = {
        (int(page), int(file)) for page, file in references.values_list("object_id", "to_object_id")
    }
    page_ids = references.annotate(page=Cast("object_id", BigIntegerField())).values("page")
    paths = dict(Page.objects.live().filter(pk__in=page_ids).values_list("pk", "path"))
    carriers: dict[int, list[str]] = defaultdict(list)
    for page, file in pairs:
        carriers[file] += [paths[page]] if page in paths else []
    file_ids = references.annotate(file=Cast("to_object_id", BigIntegerField())).values("file")
    files = model._default_manager.filter(pk__in=file_ids).select_related("collection")
    return [(file, carriers[file.pk]) for file in files]


def _closings() -> dict[str, Readers]:
    """To whom each closed page is closed, by its place in the tree."""
    found: dict[str, Readers] = {}
    for path, kind, group in PageViewRestriction.objects.values_list(
        "page__path", "restriction_type", "groups__pk"
    ):
        known = found.setdefault(path, MEMBERS)
        if kind == PageViewRestriction.GROUPS:
            groups = known if isinstance(known, frozenset) else frozenset()
            found[path] = groups | ({group} if group else set())
    return found


def _readers_of(path: str, closings: dict[str, Readers]) -> Readers:
    """Who may read the page at this place: of two closings to groups, the nearest counts."""
    above = range(len(path), 0, -Page.steplen)
    met = [closings[path[:length]] for length in above if path[:length] in closings]
    groups = (one for one in met if isinstance(one, frozenset))
    return next(groups, MEMBERS if met else EVERYBODY)


class _Shelves:
    """Which collections are open, ours, or closed by an editor, asked once."""

    def __init__(self) -> None:
        self.closed = tuple(
            CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        )
        self.ours = dict(ClosedCollection.objects.values_list("collection", "readers"))
        self._found: dict[Readers, Collection] = {}

    def are_open(self, collection: Collection) -> bool:
        return not collection.path.startswith(self.closed)

    def are_waiting(self, collection: Collection) -> bool:
        return self.ours.get(collection.pk) == ClosedCollection.WAITING

    def are_theirs(self, collection: Collection) -> bool:
        return not self.are_open(collection) and collection.pk not in self.ours

    def closed_to(self, readers: set[Readers]) -> Collection:
        """The collection that the readers of several closed pages may read."""
        groups = (one for one in readers if isinstance(one, frozenset))
        union: Readers = MEMBERS if MEMBERS in readers else frozenset().union(*groups)
        if union not in self._found:
            self._found[union] = (
                groups_collection(union) if isinstance(union, frozenset) else members_collection()
            )
        return self._found[union]


def _move(file: Any, collection: Collection) -> None:
    if file.collection_id != collection.pk:
        file.collection = collection
        file.save(update_fields=["collection"])
