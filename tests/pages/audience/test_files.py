"""Every kind of page that carries a file: it is read by the readers of the page, nobody else."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import blocks
from wagtail.blocks import BaseBlock
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, get_page_models

from intranet.files.closing import members_collection, waiting_collection
from intranet.network.models import WorkingGroup
from intranet.network.operations import save_working_group
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.information.models import InformationPage
from pages.news.models import NewsPage

pytestmark = pytest.mark.django_db

FILES = (get_image_model(), get_document_model())
NEEDED: dict[str, dict[str, Any]] = {
    "EventPage": {"starts_on": date(2026, 3, 12)},
    "NewsPage": {"image_is_decorative": True},
}
"""What a kind of page cannot be saved without."""


def streams_of(model: type[Page]) -> list[StreamField]:
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def carries(block: BaseBlock) -> bool:
    """Whether a file may be chosen somewhere inside a block."""
    inside = getattr(block, "child_blocks", {}).values()
    inside = [*inside, block.child_block] if isinstance(block, blocks.ListBlock) else inside
    return getattr(block, "target_model", None) in FILES or any(carries(one) for one in inside)


def file_fields(model: type[Page]) -> list:
    return [
        one for one in model._meta.get_fields() if one.many_to_one and one.related_model in FILES
    ]


CARRIERS = [
    model
    for model in get_page_models()
    if file_fields(model) or any(carries(one.stream_block) for one in streams_of(model))
]


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def group(aminata) -> WorkingGroup:
    return save_working_group(working_group=WorkingGroup(name="Santé"), members=[aminata])


@pytest.fixture
def add_file(db):
    def add(model, **fields):
        is_image = model is get_image_model()
        file = get_test_image_file() if is_image else ContentFile(b"%PDF-1.4", name="bilan.pdf")
        return model.objects.create(title="Fichier", file=file, **fields)

    return add


def stream(*files) -> list[dict]:
    return [
        {"type": "document", "value": {"document": file.pk, "title": ""}}
        if isinstance(file, get_document_model())
        else {
            "type": "figure",
            "value": {
                "image": {"image": file.pk, "decorative": True, "alt_text": ""},
                "caption": "",
            },
        }
        for file in files
    ]


@pytest.fixture
def carrying(home, add_file):
    """A draft of a kind of page, with a file wherever it takes one, and these files."""

    def make(model: type[Page]) -> tuple[Page, list]:
        page = model(title="Canari", slug="canari", live=False, **NEEDED.get(model.__name__, {}))
        files = []
        for field in file_fields(model):
            files.append(add_file(field.related_model))
            setattr(page, field.name, files[-1])
        for field in streams_of(model):
            if carries(field.stream_block):
                inside = [add_file(kind) for kind in FILES]
                setattr(page, field.name, stream(*inside))
                files += inside
        home.add_child(instance=page)
        return page, files

    return make


@pytest.fixture
def add_page(home, add_file):
    """Publish an information page that carries some files."""

    def add(*files, circle=Circle.PUBLIC, group=None, below=None) -> InformationPage:
        page = InformationPage(title="Page", live=False, body=stream(*files))
        (below or home).add_child(instance=page)
        give_circle(page=page, circle=circle, group=group)
        page.save_revision().publish()
        return InformationPage.objects.get(pk=page.pk)

    return add


@pytest.fixture
def opened(client):
    """Which of a person's requests for files are answered."""

    def ask(person, *files) -> set[bool]:
        client.logout()
        if person is not None:
            client.force_login(person)
        return {
            client.get(address).status_code == 200 for file in files for address in addresses(file)
        }

    return ask


def addresses(file) -> list[str]:
    file = type(file).objects.get(pk=file.pk)
    if isinstance(file, get_document_model()):
        return [file.url]
    return [file.file.url, file.get_rendition("width-20").url]


def lies_in(file) -> Collection:
    return type(file).objects.get(pk=file.pk).collection


def close(page: Page, circle: Circle, group: WorkingGroup | None) -> None:
    if isinstance(page, NewsPage):
        page.circle, page.working_group = circle, group
    else:
        give_circle(page=page, circle=circle, group=group)


# -- Every kind of page ------------------------------------------------------------------------


def test_the_kinds_of_pages_that_carry_files_are_found():
    names = {model.__name__ for model in CARRIERS}

    assert names >= {"EventPage", "InformationPage", "LegalPage", "NewsPage", "ResourcePage"}


@pytest.mark.parametrize("model", CARRIERS, ids=lambda model: model.__name__)
def test_files_of_the_members_are_theirs(model, carrying, opened, denis, farid):
    page, files = carrying(model)
    close(page, Circle.MEMBERS, None)
    page.save_revision().publish()

    assert len(files) >= 2
    assert opened(None, *files) == {False}
    assert opened(farid, *files) == {False}
    assert opened(denis, *files) == {True}


@pytest.mark.parametrize("model", CARRIERS, ids=lambda model: model.__name__)
def test_files_of_a_group_are_the_groups(model, carrying, opened, group, aminata, denis, farid):
    page, files = carrying(model)
    close(page, Circle.GROUP, group)
    page.save_revision().publish()

    for person in (None, farid, denis):
        assert opened(person, *files) == {False}
    assert opened(aminata, *files) == {True}


@pytest.mark.parametrize("model", CARRIERS, ids=lambda model: model.__name__)
def test_files_of_everybody_stay_so_and_come_back(model, carrying, opened, group, denis):
    page, files = carrying(model)
    page.save_revision().publish()
    assert opened(None, *files) == {True}

    for circle, of_group in ((Circle.MEMBERS, None), (Circle.GROUP, group)):
        close(page, circle, of_group)
        page.save_revision().publish()
        assert opened(None, *files) == {False}

    close(page, Circle.PUBLIC, None)
    page.save_revision().publish()
    assert opened(None, *files) == {True}


def test_a_file_in_the_words_of_the_front_page_follows_it_too(home, add_file, opened, denis):
    document = add_file(get_document_model())
    home.introduction = f'<p><a linktype="document" id="{document.pk}">Bilan</a></p>'
    home.save_revision().publish()
    assert opened(None, document) == {True}

    give_circle(page=home, circle=Circle.MEMBERS)

    assert opened(None, document) == {False}
    assert opened(denis, document) == {True}


# -- Where a file goes, whatever kind it is -----------------------------------------------------


@pytest.fixture(params=FILES, ids=["image", "document"])
def file(request, add_file):
    return add_file(request.param)


def test_a_file_that_waits_comes_out_when_its_page_is_published(file, add_page, opened, denis):
    type(file).objects.update(collection=waiting_collection())
    assert opened(None, file) == opened(denis, file) == {False}

    add_page(file)

    assert opened(None, file) == {True}


def test_a_file_of_two_groups_is_read_by_both(
    file, add_page, opened, group, aminata, benoit, denis
):
    youth = save_working_group(working_group=WorkingGroup(name="Jeunesse"), members=[benoit])
    add_page(file, circle=Circle.GROUP, group=group)
    add_page(file, circle=Circle.GROUP, group=youth)

    assert [opened(one, file) for one in (aminata, benoit, denis)] == [{True}, {True}, {False}]


def test_a_file_of_the_members_and_of_a_group_is_the_members(file, add_page, group):
    add_page(file, circle=Circle.MEMBERS)
    add_page(file, circle=Circle.GROUP, group=group)

    assert lies_in(file) == members_collection()


def test_a_public_page_that_points_at_a_closed_file_does_not_open_it(file, add_page, opened):
    add_page(file, circle=Circle.MEMBERS)
    add_page(file)

    assert opened(None, file) == {False}


def test_a_page_that_changes_its_circle_opens_nothing_on_the_way(
    file, add_page, opened, group, denis
):
    page = add_page(file, circle=Circle.MEMBERS)
    add_page(file)

    give_circle(page=page, circle=Circle.GROUP, group=group)

    assert opened(None, file) == {False}


def test_what_everybody_could_read_stays_so_when_a_closed_page_points_at_it(file, add_page, opened):
    add_page(file)
    add_page(file, circle=Circle.MEMBERS)

    assert opened(None, file) == {True}


def test_a_collection_that_an_editor_closed_is_left_alone(file, add_page):
    board = Collection.get_first_root_node().add_child(name="Fichiers des membres")
    CollectionViewRestriction.objects.create(
        collection=board, restriction_type=CollectionViewRestriction.LOGIN
    )
    type(file).objects.update(collection=board)

    page = add_page(file)
    give_circle(page=page, circle=Circle.MEMBERS)
    give_circle(page=page, circle=Circle.PUBLIC)

    assert lies_in(file) == board


def test_a_collection_with_another_name_is_still_the_members(file, add_page, opened):
    page = add_page(file, circle=Circle.MEMBERS)
    members = lies_in(file)
    members.name = "Rangement"
    members.save()

    give_circle(page=page, circle=Circle.PUBLIC)

    assert opened(None, file) == {True}


def test_a_page_that_is_moved_takes_its_files_along(file, home, add_page, opened):
    closed, page = add_page(circle=Circle.MEMBERS), add_page(file)

    page.move(closed, pos="last-child")
    assert opened(None, file) == {False}
    Page.objects.get(pk=page.pk).move(home, pos="last-child")
    assert opened(None, file) == {True}


def test_closing_a_page_closes_what_those_below_it_carry(file, add_page, opened, denis):
    above = add_page()
    add_page(file, below=above)

    give_circle(page=above, circle=Circle.MEMBERS)

    assert opened(None, file) == {False}
    assert opened(denis, file) == {True}


def test_a_page_that_is_withdrawn_takes_its_files_away(file, add_page, opened, denis):
    page = add_page(file)

    page.unpublish()
    assert opened(None, file) == opened(denis, file) == {False}
    page.save_revision().publish()
    assert opened(None, file) == {True}


def test_a_page_that_is_deleted_leaves_nothing_to_read(file, add_page, opened, denis):
    add_page(file).delete()

    assert opened(None, file) == opened(denis, file) == {False}


def test_a_file_that_another_page_shows_is_not_withdrawn(file, add_page, opened):
    page, _other = add_page(file), add_page(file)

    page.unpublish()

    assert opened(None, file) == {True}


def test_a_file_of_a_withdrawn_page_is_left_to_the_readers_of_the_others(
    file, add_page, opened, denis
):
    page, _of_members = add_page(file), add_page(file, circle=Circle.MEMBERS)
    assert opened(None, file) == {True}

    page.unpublish()

    assert [opened(None, file), opened(denis, file)] == [{False}, {True}]


def test_a_draft_moves_nothing(file, home, add_page, opened):
    page = add_page()
    page.body = stream(file)
    page.save_revision()

    give_circle(page=page, circle=Circle.MEMBERS)

    assert lies_in(file).is_root()


def test_placing_costs_the_same_for_three_files_as_for_one(add_file, add_page):
    def cost(number: int) -> int:
        page = add_page(*(add_file(kind) for kind in FILES for _ in range(number)))
        give_circle(page=page, circle=Circle.MEMBERS)
        with CaptureQueriesContext(connection) as queries:
            page.save_revision().publish()
        return len(queries)

    cost(1)
    assert cost(3) == cost(1)
