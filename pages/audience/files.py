"""The circle of a document: who may read the page that carries it, and nobody else.

Wagtail's page privacy does not reach files. A document that only closed pages carry is put
into a collection that is closed to the same people; it comes out when somebody opens its page,
and every page that carries it is open. An editor who chose a closed collection knows better:
such a document is left there.
"""

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from intranet.accounts import roles
from intranet.network.permissions import may_pass
from pages.audience.circles import Circle

MEMBERS_COLLECTION: Final = "Fichiers des membres"
GROUPS_COLLECTION: Final = "Fichiers de : %s"
WAITING_COLLECTION: Final = "Fichiers proposés"

Closing = frozenset[int] | None
"""The groups that may read; nobody in particular (`None`) is the members' circle."""


def carried_documents() -> QuerySet:
    """What Wagtail's reference index knows of pages that carry documents."""
    content_types = ContentType.objects.get_for_models(Page, get_document_model())
    return ReferenceIndex.objects.filter(
        base_content_type=content_types[Page],
        to_content_type=content_types[get_document_model()],
    )


def carriers_of(document_id: int) -> list[Page]:
    """The published pages that carry a document."""
    references = carried_documents().filter(to_object_id=str(document_id))
    pages = references.annotate(page_id=Cast("object_id", BigIntegerField())).values("page_id")
    return list(Page.objects.live().filter(pk__in=pages))


def documents_of(pages: Iterable[int]) -> list[AbstractDocument]:
    references = carried_documents().filter(object_id__in=[str(pk) for pk in pages])
    documents = references.annotate(pk_=Cast("to_object_id", BigIntegerField())).values("pk_")
    return list(get_document_model().objects.filter(pk__in=documents).select_related("collection"))


def documents_open_to(request: HttpRequest) -> QuerySet[AbstractDocument]:
    """The documents whose collection lets this person in."""
    closed = [
        restriction.collection
        for restriction in CollectionViewRestriction.objects.select_related(
            "collection"
        ).prefetch_related("groups")
        if not _accepts(restriction, request)
    ]
    documents = get_document_model().objects.all()
    for collection in closed:
        documents = documents.exclude(
            collection__path__startswith=collection.path,
            collection__depth__gte=collection.depth,
        )
    return documents


def _accepts(restriction: CollectionViewRestriction, request: HttpRequest) -> bool:
    if restriction.restriction_type != CollectionViewRestriction.GROUPS:
        return may_pass(restriction, request)
    if not request.user.is_authenticated:
        return False
    known = vars(request)
    if "_group_ids" not in known:
        known["_group_ids"] = set(request.user.groups.values_list("pk", flat=True))
    allowed = {group.pk for group in restriction.groups.all()}
    return request.user.is_superuser or bool(allowed & known["_group_ids"])


# -- Keeping documents in the circle of their pages ----------------------------------------


@transaction.atomic
def keep_in_circle(*, page: Page, opens: bool = False) -> None:
    """Put what a page and those below it carry where the same people may read it.

    A closed file leaves for everybody only when `opens` says that somebody opened its page: a
    public page that points at it is not enough.
    """
    below = Page.objects.descendant_of(page, inclusive=True).live()
    for document in documents_of(below.values_list("pk", flat=True)):
        _place(document, opens or document.collection.name == WAITING_COLLECTION)


def _place(document: AbstractDocument, opens: bool) -> None:
    if not _is_ours(document.collection):
        return
    carriers = carriers_of(document.pk)
    closings = [_closing_of(page) for page in carriers]
    if not carriers:
        return
    if all(closing is False for closing in closings):
        if not opens:
            return
        wanted = Collection.get_first_root_node()
    elif any(closing is False for closing in closings):
        # What everybody could read stays so; what was closed is not opened by a link to it.
        return
    else:
        wanted = collection_closed_to(
            _union([one for one in closings if not isinstance(one, bool)])
        )
    if document.collection_id != wanted.pk:
        document.collection = wanted
        document.save(update_fields=["collection"])


def _union(closings: list[Closing]) -> Closing:
    if None in closings:
        return None
    return frozenset().union(*(closing for closing in closings if closing is not None))


def _closing_of(page: Page) -> Closing | bool:
    """Who may read a page: `False` when everybody may."""
    restrictions = sorted(page.get_view_restrictions(), key=lambda one: -one.page.depth)
    for restriction in restrictions:
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            return frozenset(restriction.groups.values_list("pk", flat=True))
    return None if restrictions else False


def _is_ours(collection: Collection) -> bool:
    """Whether a document was put there by nobody in particular, or by us."""
    restrictions = list(collection.get_view_restrictions())
    if not restrictions:
        return True
    ours = collection.name in {MEMBERS_COLLECTION, WAITING_COLLECTION}
    return ours or collection.name.startswith(GROUPS_COLLECTION % "")


def collection_closed_to(closing: Closing) -> Collection:
    """The collection of the members, or of some groups; made when it is first needed."""
    if closing is None:
        return _collection(MEMBERS_COLLECTION, None)
    groups = Group.objects.filter(pk__in=closing).order_by("name")
    names = " + ".join(group.name.removeprefix("Groupe · ") for group in groups)
    return _collection((GROUPS_COLLECTION % names)[:255], closing)


def waiting_collection() -> Collection:
    """Where a proposed document waits: only those who will read the proposal see it."""
    readers = Group.objects.filter(name__in=[roles.ANIMATOR, roles.EDITOR])
    return _collection(WAITING_COLLECTION, frozenset(readers.values_list("pk", flat=True)))


def collection_of_circle(circle: Circle, groups: Iterable[int] = ()) -> Collection:
    if circle == Circle.PUBLIC:
        return Collection.get_first_root_node()
    return collection_closed_to(None if circle == Circle.MEMBERS else frozenset(groups))


def _collection(name: str, closing: Closing) -> Collection:
    kind = CollectionViewRestriction.LOGIN if closing is None else CollectionViewRestriction.GROUPS
    for restriction in CollectionViewRestriction.objects.filter(
        collection__name=name, restriction_type=kind
    ).select_related("collection"):
        groups = set(restriction.groups.values_list("pk", flat=True))
        if closing is None or groups == closing:
            return restriction.collection
    made = Collection.get_first_root_node().add_child(name=name)
    restriction = CollectionViewRestriction.objects.create(collection=made, restriction_type=kind)
    restriction.groups.set(closing or ())
    return made
