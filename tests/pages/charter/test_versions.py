"""Versions: published on purpose, frozen for good, read and compared by everybody."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.jobs.models import Job
from pages.charter import operations
from pages.charter.models import (
    ArticlePage,
    CharterPage,
    CharterVersion,
    Commitment,
    VersionIsFrozen,
)
from pages.charter.queries import latest_version, proposed_content
from tests.pages.conftest import commitment, group
from tests.people import NOW

pytestmark = pytest.mark.django_db


def publish(reason: str = "On a changé des mots.", by=None) -> CharterVersion:
    return operations.publish_version(reason=reason, by=by, at=NOW)


def run(path) -> None:
    call_command("import_charter", str(path), stdout=StringIO(), stderr=StringIO())


def reworded(article: ArticlePage, *texts: str) -> None:
    """A draft of an article whose commitments say something else, in the same blocks."""
    draft = article.get_latest_revision_as_object()
    stream = list(draft.body.get_prep_value())
    for block in stream:
        if block["type"] == "commitments":
            for item, text in zip(block["value"]["commitments"], texts, strict=False):
                item["value"]["text"] = text
    draft.body = stream
    draft.save_revision()


# -- Publishing ----------------------------------------------------------------------------


def test_the_first_import_publishes_version_1(charter_file):
    run(charter_file)

    version = CharterVersion.objects.get()
    assert (version.number, version.reason) == (1, "Première publication.")
    assert version.content["title"] == "CHARTE DU BON VOISINAGE ASSOCIATIF"
    assert [article["number"] for article in version.content["articles"]] == [1, 2, 3, 4]
    assert len(version.content["closing"]["members"]) == 4
    assert len(version.checksum) == 64


def test_a_version_publishes_every_draft_and_freezes_the_whole_text(published, elodie):
    first = publish("Premier texte.")
    reworded(published, "Ouvrir grand nos portes")
    charter = CharterPage.objects.get()
    charter.subtitle = "Pour mieux vivre"
    charter.save_revision()

    second = publish("  On ouvre grand.  ", by=elodie)

    assert (second.number, second.reason, second.published_by) == (2, "On ouvre grand.", elodie)
    assert second.content["subtitle"] == "Pour mieux vivre"
    texts = [
        item["value"]["text"]
        for item in second.content["articles"][0]["body"][2]["value"]["commitments"]
    ]
    assert texts == ["Ouvrir grand nos portes", "Aider"]
    published.refresh_from_db()
    assert not published.has_unpublished_changes
    assert Commitment.objects.get(anchor="ouvrir-nos-portes").text == "Ouvrir grand nos portes"
    # What was frozen before says what it said.
    first.refresh_from_db()
    assert first.content["articles"][0]["body"][2]["value"]["commitments"][0]["value"] == {
        "text": "Ouvrir nos portes",
        "anchor": "ouvrir-nos-portes",
    }


def test_publishing_a_page_makes_no_version(published):
    publish()
    reworded(published, "Ouvrir grand nos portes")

    published.get_latest_revision().publish()

    assert CharterVersion.objects.count() == 1


def test_the_same_text_makes_no_new_version(published):
    publish()
    # The editor's own marks are no text.
    stream = list(published.body.get_prep_value())
    stream[0]["value"] = stream[0]["value"].replace("<p>", '<p data-block-key="k3y">')
    published.body = stream
    published.save_revision()

    with pytest.raises(operations.NothingChanged), transaction.atomic():
        publish()

    assert CharterVersion.objects.count() == 1
    published.refresh_from_db()
    assert published.has_unpublished_changes


def test_an_earlier_text_may_come_back_as_a_new_version(published):
    publish()
    reworded(published, "Autre chose")
    publish()
    reworded(published, "Ouvrir nos portes")

    third = publish()

    assert third.checksum == CharterVersion.objects.get(number=1).checksum
    assert third.number == 3


def test_two_articles_exchange_their_numbers(charter_file):
    run(charter_file)
    for number, other in ((1, 2), (2, 1)):
        draft = ArticlePage.objects.get(number=number).get_latest_revision_as_object()
        draft.number = other
        draft.save_revision(clean=False)

    version = publish()

    assert [article["anchor"] for article in version.content["articles"]][:2] == [
        "une-maison-batie-sur-deux-pierres",
        "se-parler-le-debut-de-toute",
    ]
    assert list(ArticlePage.objects.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
    ]


def test_a_draft_that_cannot_be_published_undoes_everything(charter_file):
    run(charter_file)
    reworded(ArticlePage.objects.get(number=3), "Autre chose")
    draft = ArticlePage.objects.get(number=4).get_latest_revision_as_object()
    draft.number = 1
    draft.save_revision(clean=False)

    with pytest.raises(operations.DraftRefused, match="TENIR DANS LE TEMPS: Un autre article"):
        publish()

    assert latest_version().number == 1
    numbers = ArticlePage.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    assert not Commitment.objects.filter(text="Autre chose").exists()


def test_a_withdrawn_article_stays_out_until_its_page_is_published_again(charter_file):
    run(charter_file)
    article = ArticlePage.objects.get(number=1)
    article.unpublish()

    version = publish()

    assert [one["number"] for one in version.content["articles"]] == [2, 3, 4]
    article.get_latest_revision().publish()
    assert len(publish().content["articles"]) == 4


def test_without_an_article_there_is_nothing_to_publish(charter):
    with pytest.raises(operations.NothingToPublish):
        publish()


def test_publishing_asks_for_confirmations_later(published):
    version = publish()

    job = Job.objects.get(name="pages.signatures.tasks.ask_to_confirm")
    assert job.arguments == [version.pk]


# -- Frozen --------------------------------------------------------------------------------


def test_a_version_is_neither_changed_nor_deleted(published):
    version = publish()

    for change in (
        version.save,
        version.delete,
        CharterVersion.objects.all().delete,
        lambda: CharterVersion.objects.update(reason="Autre"),
    ):
        with pytest.raises(VersionIsFrozen):
            change()

    assert CharterVersion.objects.get().reason == "On a changé des mots."


def test_the_database_refuses_a_second_version_with_a_number(published):
    version = publish()
    twin = CharterVersion(number=1, published_at=NOW, reason="x", content={}, checksum="0")

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()

    assert list(CharterVersion.objects.all()) == [version]


def test_a_version_stays_when_its_author_leaves(published, elodie):
    publish(by=elodie)

    elodie.delete()

    assert CharterVersion.objects.get().published_by is None


# -- Read ----------------------------------------------------------------------------------


@pytest.fixture
def two_versions(charter_file, rewritten):
    """The invented charter, then a commitment added, one reworded, one moved, one removed."""
    run(charter_file)
    seasons = "- Recueillir chaque saison ce dont les gens ont besoin, avec les gens ;\n"
    last = "En transmettant aussitôt les nouvelles reçues."
    run(
        rewritten(
            ("- En refusant les passe-droits\n", ""),
            (last, f"{last}\n- En publiant nos comptes"),
            (seasons, ""),
            ("veilleurs de nuit.\n", f"veilleurs de nuit.\n{seasons}"),
            ("Nous montrons nos comptes", "Nous montrons tous nos comptes"),
        )
    )
    return publish("Les comptes d'abord.")


def text_of(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_versions_are_listed_the_newest_first(client, two_versions):
    text = text_of(client, reverse("charter_versions"))

    assert text.index("Version 2</a>") < text.index("Version 1</a>")
    assert "Les comptes d&#x27;abord." in text
    assert 'href="/charte/versions/1-2/"' in text


def test_a_version_has_a_permanent_address_with_its_own_anchors(client, two_versions):
    first, second = (text_of(client, f"/charte/versions/{number}/") for number in (1, 2))

    assert 'id="en-refusant-les-passe-droits"' in first
    assert 'href="/charte/versions/1/#en-refusant-les-passe-droits"' in first
    assert "Cette version n'est plus en vigueur." in first
    assert 'id="en-refusant-les-passe-droits"' not in second
    assert "http://testserver/charte/versions/2/" in second
    assert two_versions.checksum in second


def test_the_charter_says_which_version_is_in_force(client, two_versions):
    text = text_of(client, "/charte/")

    assert "Version 2, publiée le 12" in text
    assert 'href="/charte/versions/2/"' in text


def test_two_versions_stand_side_by_side(client, two_versions):
    text = text_of(client, "/charte/versions/1-2/")

    for change in ("ajouté", "reformulé", "déplacé", "retiré"):
        assert f">{change}</span>" in text
    assert '<ins><span class="visually-hidden w-sr-only">[ajouté\u00a0: </span>tous ' in text
    assert "[retiré\u00a0: </span>En refusant les passe-droits" in text
    assert "Version 1 · engagement 1" in text
    assert "Version 2 · engagement 4" in text
    assert "SE PARLER" not in text
    assert "SE PARLER" in text_of(client, "/charte/versions/1-2/?tout")


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("de=1&a=2", "/charte/versions/1-2/"),
        ("de=2&a=1", "/charte/versions/1-2/"),
        ("de=2&a=2", "/charte/versions/"),
        ("de=1&a=9", "/charte/versions/"),
        ("de=un", "/charte/versions/"),
    ],
)
def test_two_numbers_lead_to_their_comparison(client, two_versions, asked, lands):
    assert client.get(f"/charte/versions/comparer/?{asked}").url == lands


@pytest.mark.parametrize(
    "address", ["/charte/versions/3/", "/charte/versions/99999999999/", "/charte/versions/1-7/"]
)
def test_a_version_that_does_not_exist_is_not_found(client, two_versions, address):
    text_of(client, address, status=404)


def test_versions_have_the_circle_of_the_charter(client, two_versions, reserve, aminata, farid):
    reserve(CharterPage.objects.get())
    addresses = [
        "/charte/versions/",
        "/charte/versions/1/",
        "/charte/versions/1-2/",
        "/charte/versions/comparer/?de=1&a=2",
        "/charte/engagements/en-publiant-nos-comptes/",
        "/charte/signataires/",
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 6
    client.force_login(farid)
    assert [client.get(address).status_code for address in addresses] == [404] * 6
    client.force_login(aminata)
    assert [client.get(address).status_code for address in addresses] == [200] * 3 + [302, 200, 200]


def test_the_list_of_versions_costs_the_same_for_three_as_for_two(client, two_versions):
    client.get("/charte/versions/")
    with CaptureQueriesContext(connection) as two:
        client.get("/charte/versions/")
    reworded(ArticlePage.objects.get(number=3), "Autre chose")
    publish()

    with CaptureQueriesContext(connection) as three:
        client.get("/charte/versions/")

    assert len(three) == len(two)


# -- A commitment --------------------------------------------------------------------------


def test_a_commitment_has_a_page_that_says_what_it_said_in_each_version(client, published):
    publish()
    reworded(published, "Ouvrir grand nos portes")
    publish()

    text = text_of(client, "/charte/engagements/ouvrir-nos-portes/")

    assert "Engagement 1" in text
    assert text.index("Depuis la version 2") < text.index("Depuis la version 1")
    assert ">Ouvrir grand nos portes</h1>" in text
    assert 'href="/charte/engagements/ouvrir-nos-portes/"' in text_of(client, "/charte/")


def test_a_commitment_that_left_keeps_its_page(client, two_versions):
    text = text_of(client, "/charte/engagements/en-refusant-les-passe-droits/")

    assert "Ancien engagement" in text
    assert "La charte n'a plus cet engagement." in text
    text_of(client, "/charte/engagements/jamais-pris/", status=404)


def test_a_commitment_lists_the_pages_that_serve_it_for_who_may_read_them(
    client, published, add_news, reserve, aminata
):
    row = Commitment.objects.get(anchor="aider")
    for number in (1, 2, 3):
        page = add_news(number)
        if number > 1:
            page.commitments.add(row)
            page.save_revision().publish()
        if number == 3:
            reserve(page)

    text = text_of(client, "/charte/engagements/aider/")

    assert "Nouvelle 2" in text
    assert "Nouvelle 1" not in text
    assert "Nouvelle 3" not in text
    client.force_login(aminata)
    assert "Nouvelle 3" in text_of(client, "/charte/engagements/aider/")


def test_an_article_cannot_take_the_address_of_another_page(client, elodie, published):
    published.slug = "versions"

    with pytest.raises(Exception, match="Cette adresse est celle"):
        published.full_clean()


def test_what_is_proposed_takes_the_drafts(published):
    reworded(published, "Ouvrir grand nos portes")

    content = proposed_content(CharterPage.objects.get())

    body = content["articles"][0]["body"]
    assert body[2]["value"]["commitments"][0]["value"]["text"] == "Ouvrir grand nos portes"


def test_a_new_article_never_published_is_proposed(published, charter):
    new = ArticlePage(
        title="Durer", number=2, live=False, body=[group("Nous :", commitment("Tenir"))]
    )
    charter.add_child(instance=new)
    new.save_revision()

    assert [one["title"] for one in publish().content["articles"]] == ["Agir ensemble", "Durer"]
