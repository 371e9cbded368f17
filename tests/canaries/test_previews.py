"""What is typed in Wagtail's editor is previewed by who types it, and by nobody else."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from pages.agenda.models import EventPage
from pages.information.models import InformationPage
from pages.news.models import NewsPage
from pages.resources.models import ResourcePage
from tests.canaries.planting import ADMINISTRATOR, ANIMATOR, EDITOR, ROLES, Audience
from tests.canaries.reading import READ_ALL, Reading, client_of, read
from tests.canaries.world import World

pytestmark = pytest.mark.django_db

KINDS: Final = (NewsPage, EventPage, ResourcePage, InformationPage)
MAY_TYPE: Final[dict[type[Page], Audience]] = {
    InformationPage: frozenset({EDITOR, ADMINISTRATOR}),
    **dict.fromkeys(
        (NewsPage, EventPage, ResourcePage), frozenset({EDITOR, ANIMATOR, ADMINISTRATOR})
    ),
}
BY_PAGE: Final = ("edit", "view_draft", "history", "usage", "copy", "workflow_history")


def closed_pages(kind: type[Page]) -> Iterator[Page]:
    """Those of a group and those that were never published; all of them with `CANARIES=all`."""
    pages = kind.objects.filter(slug__startswith="canari").order_by("path")
    yield from pages if READ_ALL else [pages.filter(live=False)[0], pages.filter(live=True)[1]]


def typed(html: str, title: str, body: str) -> QueryDict:
    """What the editor's form sends, its title and its text rewritten."""
    data = querydict_from_html(html, form_id="page-edit-form")
    text = nested_form_data({"body": streamfield([("paragraph", rich_text(f"<p>{body}</p>"))])})
    for name, value in {"title": title, **text}.items():
        data[name] = value
    return data


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_preview_is_for_who_types(world: World, kind: type[Page]) -> None:
    """Others ask for the same address, then send a forged form of their own and ask again."""
    reading, editor = Reading(world), client_of(world.person(EDITOR))
    writers = MAY_TYPE[kind]

    for page in closed_pages(kind):
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        words = [
            world.birds.text(f"typed in {kind.__name__}: {name}", frozenset({EDITOR}))
            for name in ("title", "body")
        ]
        form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        data = typed(form.content.decode(), *words)
        assert editor.post(address, data).json() == {"is_valid": True, "is_available": True}
        shown = editor.get(address).content.decode()
        assert all(one in shown for one in words), "the preview shows nothing"

        for role in ROLES:
            if role == EDITOR:
                continue
            client = client_of(world.people[role])
            for name in ("preview_on_edit", *BY_PAGE):
                where = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
                read(client, role, where, reading)
            forged = data.copy()
            forged["title"] = "Rien"
            sent = read(client, role, address, reading, method="post", data=forged)
            assert (sent.status_code == 200) == (role in writers), (role, sent.status_code)
            read(client, role, address, reading)

    assert reading.broken == []
    assert reading.leaks == []


def revisions_of_others(world: World) -> Iterator[tuple[Page, Revision]]:
    """A page that an animator may change, and the drafts of one that they may not even see."""
    mine = NewsPage.objects.filter(slug__startswith="canari")[0]
    for page in InformationPage.objects.filter(slug__startswith="canari", live=False):
        for revision in page.revisions.all():
            yield mine, revision


def test_a_draft_is_not_read_through_the_address_of_another_page(world: World) -> None:
    reading, client = Reading(world), client_of(world.person(ANIMATOR))
    asked: list[tuple[str, list[Any]]] = []
    for page, theirs in revisions_of_others(world):
        asked += [
            ("revisions_view", [page.pk, theirs.pk]),
            ("revisions_revert", [page.pk, theirs.pk]),
            ("revisions_compare", [page.pk, "earliest", theirs.pk]),
            ("revisions_compare", [page.pk, theirs.pk, "live"]),
            ("revisions_view", [int(theirs.object_id), theirs.pk]),
            ("revisions_compare", [int(theirs.object_id), "earliest", "latest"]),
        ]

    for name, arguments in asked:
        where = reverse(f"wagtailadmin_pages:{name}", args=arguments)
        answer = read(client, ANIMATOR, where, reading)
        assert answer.status_code in {302, 403, 404}, (name, arguments)

    assert len(asked) > 5
    assert reading.leaks == []
