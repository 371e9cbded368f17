"""The library as readers find it: filters, attachments, and nothing that is not theirs."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction

from intranet.files.closing import members_collection
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.charter.queries import current_commitments
from pages.information.models import InformationPage
from pages.resources.models import ResourcePage
from pages.resources.queries import ENTRIES_A_PAGE

pytestmark = pytest.mark.django_db


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def titles(client, url: str = "/ressources/") -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', text_of(client, url))


def carrying(document) -> list[dict]:
    return [{"type": "document", "value": {"document": document.pk, "title": ""}}]


def test_the_list_is_newest_first(client, add_resource):
    for number in (1, 3, 2):
        add_resource(number)

    assert titles(client) == ["Ressource 3", "Ressource 2", "Ressource 1"]


def test_filters_combine_and_count_what_they_would_leave(client, add_resource, health, territory):
    add_resource(1, themes=[health])
    add_resource(2, themes=[health], territories=[territory])
    add_resource(3, kind="sheet", body=[{"type": "paragraph", "value": "<p>Un</p>"}])

    page = text_of(client, f"/ressources/?theme={health.pk}")

    assert titles(client, f"/ressources/?theme={health.pk}") == ["Ressource 2", "Ressource 1"]
    both = f"/ressources/?theme={health.pk}&territoire={territory.pk}"
    assert titles(client, both) == ["Ressource 2"]
    assert "Santé (2)" in page
    assert "Les Tilleuls (Valbonne-la-Neuve, QN07501M) (1)" in page
    assert "lien (2)" in page
    assert "fiche (1)" not in page


def test_a_filter_by_commitment(client, add_resource, published):
    commitment = current_commitments().first()
    page = add_resource(1)
    page.commitments.add(commitment)
    page.save_revision().publish()
    add_resource(2)

    assert titles(client, f"/ressources/?engagement={commitment.pk}") == ["Ressource 1"]


def test_filters_are_kept_from_page_to_page(client, add_resource, health):
    for number in range(1, ENTRIES_A_PAGE + 3):
        add_resource(number, themes=[health])

    page = text_of(client, f"/ressources/?theme={health.pk}")

    assert f"?theme={health.pk}&amp;page=2" in page
    assert len(titles(client, f"/ressources/?theme={health.pk}&page=2")) == 2


@pytest.mark.parametrize("value", ["999999999999999999999", "é", "-1", "' OR 1=1", "x" * 500])
def test_a_filter_of_somebodys_invention_finds_nothing_and_breaks_nothing(
    client, add_resource, value
):
    add_resource(1)

    assert titles(client, f"/ressources/?theme={value}") == []


def test_the_list_costs_the_same_for_three_as_for_one(
    client, add_resource, add_document, add_news, health
):
    def add(number):
        add_resource(number, kind="document", document=add_document(), themes=[health])
        add_news(number, body=carrying(add_document(f"Annexe {number}")))

    add(1)
    client.get("/ressources/")
    with CaptureQueriesContext(connection) as one:
        assert len(titles(client)) == 2
    add(2)
    add(3)

    with CaptureQueriesContext(connection) as three:
        assert len(titles(client)) == 6

    assert len(three) == len(one)


# -- Attachments of the whole site -----------------------------------------------------------


def test_an_attachment_is_found_with_the_pages_that_carry_it(
    client, library, home, add_news, add_document, health
):
    document = add_document("Règlement")
    news = add_news(1, body=carrying(document))
    news.themes.add(health)
    news.save_revision().publish()
    about = InformationPage(title="Qui nous sommes", slug="nous", body=carrying(document))
    home.add_child(instance=about)

    page = text_of(client, f"/ressources/?theme={health.pk}&genre=attachment")

    assert titles(client) == ["Règlement"]
    assert re.findall(r'Joint à[^<]*(?:<a href="([^"]+)">[^<]+</a>)', page) == [news.url]
    assert "Qui nous sommes" in page


def test_the_file_of_a_resource_is_not_listed_a_second_time(client, add_resource, add_document):
    add_resource(1, kind="document", document=add_document())

    assert titles(client) == ["Ressource 1"]


def test_an_attachment_goes_when_its_page_drops_it_or_is_withdrawn(
    client, library, add_news, add_document
):
    kept = add_news(1, body=carrying(add_document("Gardé")))
    edited = add_news(2, body=carrying(add_document("Retiré")))
    assert titles(client) == ["Gardé", "Retiré"]

    edited.body = []
    edited.save_revision().publish()
    assert titles(client) == ["Gardé"]
    kept.unpublish()
    assert titles(client) == []


def test_what_a_draft_carries_is_not_an_attachment_yet(client, library, add_news, add_document):
    page = add_news(1)
    page.body = carrying(add_document("Pas encore"))
    page.save_revision()

    assert titles(client) == []


def test_an_attachment_is_shown_to_who_may_read_a_page_that_carries_it(
    client, library, add_news, add_document, reserve, denis, farid
):
    document = add_document("Entre nous")
    page = add_news(1, body=carrying(document))
    reserve(page)

    assert titles(client) == []
    assert "Nouvelle 1" not in text_of(client, "/ressources/")
    client.force_login(farid)
    assert titles(client) == []
    client.force_login(denis)
    assert titles(client) == ["Entre nous"]


def test_the_pages_of_others_are_not_named_beside_a_shared_attachment(
    client, library, add_news, add_document, reserve
):
    document = add_document("Pour tout le monde")
    add_news(1, body=carrying(document))
    reserve(add_news(2, body=carrying(document)))

    page = text_of(client, "/ressources/")

    assert "Nouvelle 1" in page
    assert "Nouvelle 2" not in page


def test_a_document_in_a_closed_collection_is_not_named_though_its_page_is_public(
    client, library, add_news, add_document
):
    document = add_document("Fermé", collection=members_collection())
    add_news(1, body=carrying(document))

    assert titles(client) == []


# -- Files follow the circle of their page ---------------------------------------------------


def raw_addresses(document) -> list[str]:
    document.refresh_from_db()
    return [document.url, f"/media/{document.file.name}"]


def opens(client, document) -> list[int]:
    return [client.get(url).status_code for url in raw_addresses(document)]


def test_the_file_of_the_members_is_closed_at_its_raw_address(
    client, add_resource, add_document, denis, farid
):
    document = add_document()
    add_resource(1, kind="document", document=document, circle=Circle.MEMBERS)

    assert opens(client, document) == [302, 404]
    client.force_login(farid)
    assert opens(client, document) == [403, 404]
    client.force_login(denis)
    assert opens(client, document) == [200, 404]


def test_the_file_of_a_group_is_closed_to_the_other_members(
    client, add_resource, add_document, group, aminata, denis
):
    document = add_document()
    page = add_resource(1, kind="document", document=document, circle=Circle.GROUP, group=group)

    client.force_login(denis)
    assert opens(client, document) == [403, 404]
    assert titles(client) == []
    client.force_login(aminata)
    assert opens(client, document) == [200, 404]
    assert document.url in text_of(client, page.url)


def test_a_page_that_changes_its_circle_takes_its_file_along(
    client, add_resource, add_document, group
):
    document = add_document()
    page = add_resource(1, kind="document", document=document)
    assert opens(client, document)[0] == 200

    give_circle(page=page, circle=Circle.GROUP, group=group)
    assert opens(client, document)[0] != 200
    give_circle(page=page, circle=Circle.MEMBERS)
    assert opens(client, document)[0] != 200
    give_circle(page=page, circle=Circle.PUBLIC)
    assert opens(client, document)[0] == 200


def test_a_page_below_a_closed_one_closes_its_file_too(client, library, add_document, reserve):
    document = add_document()
    page = ResourcePage(title="Fiche", kind="document", document=document, live=False)
    library.add_child(instance=page)
    reserve(library)

    page.save_revision().publish()

    assert opens(client, document)[0] != 200


def test_what_everybody_could_read_stays_so_when_members_point_at_it(
    client, add_resource, add_document, add_news, reserve
):
    document = add_document()
    add_resource(1, kind="document", document=document)

    reserve(add_news(1, body=carrying(document)))

    assert opens(client, document)[0] == 200


def test_a_link_from_a_public_page_does_not_open_a_closed_file(
    client, add_resource, add_document, add_news
):
    document = add_document()
    add_resource(1, kind="document", document=document, circle=Circle.MEMBERS)

    add_news(1, body=carrying(document))

    assert opens(client, document)[0] != 200


def test_a_collection_that_an_editor_closed_is_left_as_it_is(
    client, add_resource, add_document, collection_of_the_board
):
    document = add_document(collection=collection_of_the_board)

    add_resource(1, kind="document", document=document)

    document.refresh_from_db()
    assert document.collection == collection_of_the_board


@pytest.fixture
def collection_of_the_board():
    made = Collection.get_first_root_node().add_child(name="Bureau")
    CollectionViewRestriction.objects.create(
        collection=made, restriction_type=CollectionViewRestriction.LOGIN
    )
    return made


def test_nothing_of_the_members_is_found_anywhere_by_a_passer_by(
    client, add_resource, add_document, add_news, reserve
):
    named = "canari-81d0"
    add_resource(
        1,
        kind="document",
        document=add_document(f"Document {named}"),
        summary=named,
        author=named,
        circle=Circle.MEMBERS,
    )
    reserve(add_news(1, summary=named, body=carrying(add_document(f"Annexe {named}"))))
    addresses = ["/", "/ressources/", "/ressources/?genre=attachment", "/sitemap.xml"]
    addresses += ["/flux/actualites.xml", "/flux/agenda.xml", "/calendriers/agenda.ics"]

    for address in addresses:
        assert named not in text_of(client, address)
        assert "ressource-1" not in text_of(client, address)


# -- What a resource needs --------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "field"), [("document", "document"), ("link", "link")])
def test_a_resource_without_what_it_is_made_of_is_refused(kind, field):
    with pytest.raises(ValidationError) as error:
        ResourcePage(title="Vide", slug="vide", kind=kind).clean()

    assert field in error.value.message_dict


def test_a_resource_says_where_it_comes_from(client, add_resource, add_document, territory):
    page = add_resource(
        1,
        kind="document",
        document=add_document(),
        author="Les Tisserands",
        licence="cc-by",
        territories=[territory],
    )

    text = text_of(client, page.url)

    assert "Les Tisserands" in text
    assert "Creative Commons BY" in text
    assert "QN07501M" in text
    assert "(PDF, 26" in text
