"""What there is to find follows what there is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import connection

from intranet.jobs.models import Job
from intranet.network.models import Association
from intranet.search.models import SearchEntry, SearchWord
from intranet.search.operations import rebuild, refresh, repair
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from tests import documents
from tests.intranet.search.conftest import add_document, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what waits for the commit of what it encloses, jobs included."""

    def capture():
        return django_capture_on_commit_callbacks(execute=True)

    return capture


@pytest.fixture
def index(db, committed) -> InformationIndexPage:
    with committed():
        lay_site()
    return InformationIndexPage.objects.get()


def test_a_page_is_found_once_published_and_no_longer_once_withdrawn(index, committed, found_by):
    with committed():
        page = publish(index, InformationPage(title="Capucine"))
    assert found_by("capucines", AnonymousUser()) == ["Capucine"]

    with committed():
        page.title = "Pervenche"
        page.save_revision().publish()
    assert found_by("capucine", AnonymousUser()) == []
    assert found_by("pervenche", AnonymousUser()) == ["Pervenche"]

    with committed():
        page.unpublish()
    assert found_by("pervenche", AnonymousUser()) == []
    assert not SearchEntry.objects.filter(title="Pervenche").exists()


def test_a_draft_is_not_read(index, committed):
    with committed():
        page = publish(index, InformationPage(title="Capucine"))
    before = Job.objects.count()

    with committed():
        page.title = "Secrète"
        page.save_revision()

    assert Job.objects.count() == before
    refresh(source="pages", keys=[str(page.pk)])
    assert SearchEntry.objects.get(source="pages", key=page.pk).title == "Capucine"


def test_a_page_that_moves_is_found_where_it_is(index, committed, client):
    with committed():
        below = publish(index, InformationPage(title="Dessous", slug="dessous"))
        page = publish(index, InformationPage(title="Capucine", slug="capucine"))
    with committed():
        page.move(below, pos="last-child")

    assert (
        'href="/informations/dessous/capucine/"'
        in client.get("/recherche/", {"q": "capucine"}).content.decode()
    )


def test_a_page_that_is_deleted_leaves_the_index(index, committed):
    with committed():
        page = publish(index, InformationPage(title="Capucine"))
    with committed():
        page.delete()

    assert not SearchEntry.objects.filter(title="Capucine").exists()


def test_many_things_written_together_are_one_job(index, committed):
    before = Job.objects.filter(name="intranet.search.tasks.refresh").count()

    with committed():
        for number in range(3):
            publish(index, InformationPage(title=f"Capucine {number}"))

    asked = Job.objects.filter(name="intranet.search.tasks.refresh").count() - before
    assert asked == 1
    assert SearchEntry.objects.filter(title__startswith="Capucine").count() == 3


def test_a_document_is_read_inside_and_read_again_when_it_changes(committed, found_by, db):
    lay_site()
    with committed():
        document = add_document("Plan", "plan.docx", documents.docx("Un verger"))
    assert found_by("verger", AnonymousUser()) == ["Plan"]

    with committed():
        document.file.save("plan2.docx", ContentFile(documents.docx("Un potager")), save=False)
        document._set_document_file_metadata()
        document.save()
    assert found_by("verger", AnonymousUser()) == []
    assert found_by("potager", AnonymousUser()) == ["Plan"]


def test_a_document_whose_file_is_lost_is_found_by_its_title(found_by, db):
    lay_site()
    document = add_document("Plan perdu", "plan.docx", documents.docx("Un verger"))
    document.file.storage.delete(document.file.name)

    refresh(source="documents", keys=[str(document.pk)])

    assert found_by("perdus", AnonymousUser()) == ["Plan perdu"]
    assert SearchEntry.objects.get(source="documents").is_closed
    assert repair()["documents"] == 1


def test_an_association_is_found_by_where_it_acts_as_it_is_named_today(
    committed, aminata, territory, found_by
):
    # What the cast wrote was not committed: its job is not this one.
    vars(connection)["search_jobs"].clear()
    rebuild()
    with committed():
        territory.name = "Les Acacias"
        territory.save()

    assert "Les Tisserands" in found_by("acacia", aminata)


def test_an_association_that_stops_is_no_longer_found(committed, aminata, association, found_by):
    vars(connection)["search_jobs"].clear()
    rebuild()
    with committed():
        association.is_active = False
        association.save()

    assert found_by("tisserands", aminata) == []


def test_reading_again_changes_nothing(index, found_by):
    publish(index, InformationPage(title="Capucine"))
    first = rebuild()
    kept = list(SearchEntry.objects.order_by("pk").values())

    assert rebuild() == first
    assert list(SearchEntry.objects.order_by("pk").values()) == kept
    assert repair() == dict.fromkeys(first, 0)


def test_repairing_finds_what_is_missing_stale_or_gone(index, association):
    page = publish(index, InformationPage(title="Capucine"))
    gone = publish(index, InformationPage(title="Partie"))
    rebuild()
    # Behind the back of every signal.
    InformationPage.objects.filter(pk=page.pk).update(title="Pervenche")
    type(gone).objects.filter(pk=gone.pk).update(live=False)
    Association.objects.filter(pk=association.pk).update(name="Les Tresseuses")
    SearchEntry.objects.filter(source="pages", key=index.pk).delete()

    repaired = repair()

    assert repaired["pages"] == 3
    assert repaired["associations"] == 1
    titles = set(SearchEntry.objects.values_list("title", flat=True))
    assert {"Pervenche", "Les Tresseuses"} <= titles
    assert not {"Capucine", "Partie", "Les Tisserands"} & titles


def test_a_type_of_page_needs_nothing_of_the_search(index):
    publish(index, InformationPage(title="Capucine", summary="Une fleur"))
    rebuild()

    entry = SearchEntry.objects.get(title="Capucine")
    assert (entry.kind, entry.summary) == ("page", "Une fleur")


def test_the_index_of_the_database_follows_its_table(index, found_by):
    publish(index, InformationPage(title="Capucine"))
    rebuild()

    SearchEntry.objects.filter(title="Capucine").update(words="pervench", weights=" pervench:60 ")
    assert found_by("pervenche", AnonymousUser()) == ["Capucine"]
    assert found_by("capucine", AnonymousUser()) == []

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intranet_searchentry")
    assert found_by("pervenche", AnonymousUser()) == []


def test_the_words_of_what_is_there_are_known(index):
    publish(index, InformationPage(title="Des habitant·e·s en fête"))
    rebuild()

    assert set(SearchWord.objects.values_list("plain", flat=True)) >= {"habitant", "fete"}
