"""What the library holds for the person who reads it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import pgettext
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, get_page_models

from intranet.files.queries import open_to
from intranet.network.models import Territory, Theme
from pages.audience.files import carried
from pages.audience.queries import visible_to
from pages.base.models import ClassifiedPage
from pages.resources.shelves import FACETS, Entry, chosen, counts

ENTRIES_A_PAGE: Final = 20
ATTACHMENT: Final = "attachment"
PARAMETERS: Final = {
    "kind": "genre",
    "theme": "theme",
    "territory": "territoire",
    "commitment": "engagement",
}
"""How the address of a list names each facet."""

Shelf = dict[int, set[int]]


def library(request: HttpRequest) -> dict[str, Any]:
    """The list, its filters and its page, for as many queries however long it is."""
    entries = library_entries(request)
    choices = {facet: request.GET.get(name, "")[:20] for facet, name in PARAMETERS.items()}
    pages = Paginator(chosen(entries, choices), ENTRIES_A_PAGE)
    page_obj = pages.get_page(request.GET.get("page"))
    return {
        "page_obj": page_obj,
        "shown": _read(page_obj.object_list),
        "facets": _facets(entries, choices),
        "total": pages.count,
        "is_filtered": any(choices.values()),
    }


def library_entries(request: HttpRequest) -> list[Entry]:
    """Every resource and every attachment that this person may open."""
    resource_model = apps.get_model("pages", "ResourcePage")
    shelves = {facet: _shelf(facet) for facet in FACETS if facet != "kind"}
    resources = list(
        visible_to(resource_model.objects.all(), request).values_list(
            "pk", "kind", "date", "title", "document_id"
        )
    )
    entries = [
        Entry("resource", pk, kind, date, title, **_on(shelves, [pk]))
        for pk, kind, date, title, _document in resources
    ]
    # The file of a resource is found under its resource.
    given = {document for *_, document in resources if document}
    return entries + _attachments(request, shelves, given)


def _attachments(request: HttpRequest, shelves: dict[str, Shelf], given: set[int]) -> list[Entry]:
    references = carried(get_document_model()).annotate(
        page_id=Cast("object_id", BigIntegerField()),
        document_id=Cast("to_object_id", BigIntegerField()),
    )
    readable = set(
        visible_to(Page.objects.filter(pk__in=references.values("page_id")), request).values_list(
            "pk", flat=True
        )
    )
    carriers: dict[int, set[int]] = defaultdict(set)
    for page_id, document_id in references.values_list("page_id", "document_id"):
        if page_id in readable and document_id not in given:
            carriers[document_id].add(page_id)
    documents = open_to(
        get_document_model().objects.filter(pk__in=references.values("document_id")), request
    )
    return [
        Entry(
            "document",
            pk,
            ATTACHMENT,
            timezone.localdate(created_at),
            title,
            carriers=tuple(sorted(carriers[pk])),
            **_on(shelves, carriers[pk]),
        )
        for pk, title, created_at in documents.values_list("pk", "title", "created_at")
        if pk in carriers
    ]


def _shelf(facet: str) -> Shelf:
    """Which themes, territories or commitments every classified page has, in one query."""
    name = {"theme": "themes", "territory": "territories", "commitment": "commitments"}[facet]
    rows = None
    for model in get_page_models():
        if not issubclass(model, ClassifiedPage):
            continue
        found = (
            model._base_manager.filter(live=True)
            .filter(**{f"{name}__isnull": False})
            .order_by()
            .values_list("pk", f"{name}__pk")
        )
        rows = found if rows is None else rows.union(found, all=True)
    shelf: Shelf = defaultdict(set)
    for page_id, value in rows if rows is not None else ():
        shelf[page_id].add(value)
    return shelf


def _on(shelves: dict[str, Shelf], pages: Iterable[int]) -> dict[str, Any]:
    pages = list(pages)
    return {
        facet: frozenset().union(*(shelf.get(page, ()) for page in pages))
        for facet, shelf in shelves.items()
    }


def _read(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries of one page of the list, with what is shown of them."""
    entries = list(entries)
    ids = {
        source: [entry.pk for entry in entries if entry.source == source]
        for source in ("resource", "document")
    }
    resource_model = apps.get_model("pages", "ResourcePage")
    resources = resource_model.objects.select_related("document").in_bulk(ids["resource"])
    documents = get_document_model().objects.in_bulk(ids["document"])
    pages = Page.objects.in_bulk({pk for entry in entries for pk in entry.carriers})
    return [
        {"resource": resources[entry.pk], "document": resources[entry.pk].document}
        if entry.source == "resource"
        else {
            "document": documents[entry.pk],
            "date": entry.date,
            "carriers": [pages[pk] for pk in entry.carriers],
        }
        for entry in entries
    ]


def _facets(entries: list[Entry], choices: dict[str, str]) -> list[dict[str, Any]]:
    numbers = counts(entries, choices)
    return [
        {
            "name": PARAMETERS[facet],
            "label": _label(facet),
            "chosen": choices[facet],
            "options": [
                {"value": value, "label": label, "count": numbers[facet][value]}
                for value, label in _options(facet, numbers[facet], choices[facet])
            ],
        }
        for facet in FACETS
    ]


def _label(facet: str) -> str:
    return {
        "kind": pgettext("filter", "Kind"),
        "theme": pgettext("filter", "Theme"),
        "territory": pgettext("filter", "Territory"),
        "commitment": pgettext("filter", "Commitment"),
    }[facet]


def _options(facet: str, numbers: Iterable[str], current: str) -> list[tuple[str, str]]:
    """The values that lead somewhere, and the one that is chosen, in the order of their names."""
    if facet == "kind":
        resource_model = apps.get_model("pages", "ResourcePage")
        named = [(value, str(label)) for value, label in resource_model.Kind.choices]
        named.append((ATTACHMENT, pgettext("resource", "attachment of a page")))
    else:
        model: Any = {
            "theme": Theme,
            "territory": Territory,
            "commitment": apps.get_model("pages", "Commitment"),
        }[facet]
        named = [
            (str(one.pk), getattr(one, "alone", str(one))) for one in model._default_manager.all()
        ]
    wanted = {*numbers, current}
    return [(value, label) for value, label in named if value in wanted]


def document_for(document_id: int | None, request: HttpRequest) -> AbstractDocument | None:
    """The file of a resource, if this person may read it."""
    if document_id is None:
        return None
    return open_to(get_document_model().objects.filter(pk=document_id), request).first()
