"""The charter as readers see it."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.charter.models import ArticlePage
from tests.pages.conftest import commitment, group


def add_article(charter, number: int, *commitments: str, live: bool = True) -> ArticlePage:
    body = [group("Nous nous engageons à :", *(commitment(text) for text in commitments))]
    article = ArticlePage(title=f"Titre {number}", number=number, body=body, live=False)
    charter.add_child(instance=article)
    revision = article.save_revision()
    if live:
        revision.publish()
    return article


def text_of(client, url: str = "/charte/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_charter_is_read_in_one_flow_in_the_order_of_its_numbers(client, charter):
    add_article(charter, 2, "c", "d")
    add_article(charter, 1, "a", "b")

    text = text_of(client)

    assert re.findall(r">Titre (\d)</h2>", text) == ["1", "2"]
    assert re.findall(r'id="([abcd])"', text) == ["a", "b", "c", "d"]
    assert re.findall(r'aria-hidden="true">(\d)</span>', text) == ["1", "2", "3", "4"]
    assert 'href="/charte/#c"' in text


def test_an_article_on_its_own_page_numbers_its_commitments_as_the_charter_does(client, charter):
    add_article(charter, 1, "a", "b")
    second = add_article(charter, 2, "c")

    text = text_of(client, second.url)

    assert re.findall(r'aria-hidden="true">(\d)</span>', text) == ["3"]
    assert 'rel="prev"' in text
    assert 'rel="next"' not in text
    assert len(re.findall("<h1", text)) == 1


def test_values_stand_as_cards_with_their_anchor(client, published):
    text = text_of(client)

    assert 'class="value" id="ecoute"' in text
    assert "<p>Un.</p><p>Deux.</p>" in text


def test_the_closing_part_ends_the_charter(client, charter, published):
    charter.closing_title, charter.closing = "D'où vient ce texte", "<p>D'un hiver.</p>"
    charter.members = "Le Fil bleu\nLa Grande Ourse"
    charter.save_revision().publish()

    text = text_of(client)

    assert "2 organisations du collectif" in text
    assert text.index("Deux.") < text.index("D&#x27;un hiver") if "D&#x27;un" in text else True
    assert "<li>Le Fil bleu</li><li>La Grande Ourse</li>" in text


def test_a_title_in_capitals_is_set_apart(client, charter):
    charter.title = "CHARTE DES TILLEULS"
    charter.save_revision().publish()

    assert '<h1 class="capitals">CHARTE DES TILLEULS</h1>' in text_of(client)


def test_drafts_are_not_read(client, charter):
    add_article(charter, 1, "a")
    add_article(charter, 2, "b", live=False)

    assert "Titre 2" not in text_of(client)


def test_a_charter_without_articles_says_so(client, charter):
    assert "La charte est en cours d" in text_of(client)


def test_the_charter_asks_as_many_queries_for_three_articles_as_for_one(client, charter):
    add_article(charter, 1, "a")
    client.get("/charte/")
    with CaptureQueriesContext(connection) as one:
        client.get("/charte/")
    add_article(charter, 2, "b", "c", "d")
    add_article(charter, 3, "e")

    with CaptureQueriesContext(connection) as three:
        client.get("/charte/")

    assert len(three) == len(one)


def test_french_spaces_are_put_at_rendering_only(client, charter):
    article = add_article(charter, 1, "Accueillir « tout le monde » ;")

    assert "«\u202ftout le monde\u202f»\u202f;" in text_of(client)
    assert article.commitments.get().text == "Accueillir « tout le monde » ;"
