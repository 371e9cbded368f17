"""News as readers, editors and feed readers find them."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from pages.news.models import NewsPage

pytestmark = pytest.mark.django_db


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_is_newest_first_and_without_drafts(client, add_news):
    add_news(1)
    add_news(3)
    add_news(2)
    add_news(4).unpublish()

    text = text_of(client, "/actualites/")

    assert re.findall(r">Nouvelle (\d)<", text) == ["3", "2", "1"]


def test_an_empty_list_says_so(client, news_index):
    assert "Pas encore d'actualité" in text_of(client, "/actualites/")


def test_a_long_list_has_pages(client, add_news):
    for number in range(1, 15):
        add_news(number)

    assert len(re.findall(r">Nouvelle \d+<", text_of(client, "/actualites/"))) == 12
    second = text_of(client, "/actualites/?page=2")
    assert re.findall(r">Nouvelle (\d+)<", second) == ["2", "1"]
    assert re.findall(r">Nouvelle (\d+)<", text_of(client, "/actualites/?page=zéro"))[0] == "14"


def test_the_list_asks_as_many_queries_for_three_as_for_one(client, add_news, picture):
    add_news(1, image=picture, image_alt="Une fête")
    client.get("/actualites/")
    with CaptureQueriesContext(connection) as one:
        client.get("/actualites/")
    add_news(2, image=picture, image_alt="Une fête")
    add_news(3, image=picture, image_alt="Une fête")

    with CaptureQueriesContext(connection) as three:
        client.get("/actualites/")

    assert len(three) == len(one)


def test_what_is_reserved_to_members_is_not_listed_to_others(client, add_news, reserve, denis):
    add_news(1)
    reserve(add_news(2))

    assert "Nouvelle 2" not in text_of(client, "/actualites/")
    client.force_login(denis)
    assert "Nouvelle 2" in text_of(client, "/actualites/")


def test_an_image_has_its_size_its_words_and_waits(client, add_news, picture):
    add_news(1, image=picture, image_alt="Une fête sous les tilleuls")

    image = re.search(r"<img[^>]*news-card__image[^>]*>", text_of(client, "/actualites/"))[0]

    assert 'alt="Une fête sous les tilleuls"' in image
    assert 'loading="lazy"' in image
    assert re.search(r'width="\d+" height="\d+"|height="\d+"[^>]*width="\d+"', image)


def test_a_decorative_image_has_no_words(client, add_news, picture):
    page = add_news(1, image=picture, image_alt="oubliée", image_is_decorative=True)

    assert 'alt=""' in text_of(client, page.url)


def test_an_image_without_words_is_refused(picture):
    page = NewsPage(title="Fête", slug="fete", image=picture)

    with pytest.raises(ValidationError) as error:
        page.clean()

    assert "image_alt" in error.value.message_dict


def test_every_block_is_read(client, add_news, picture):
    document = get_document_model().objects.create(
        title="Compte rendu", file=ContentFile(b"%PDF-1.4", name="compte-rendu.pdf")
    )
    body = [
        {"type": "paragraph", "value": "<p>Venez : c'est <b>gratuit</b> !</p>"},
        {"type": "heading", "value": {"text": "Le programme", "level": "2"}},
        {"type": "heading", "value": {"text": "Le matin", "level": "3"}},
        {
            "type": "figure",
            "value": {
                "image": {"image": picture.pk, "alt_text": "La place", "decorative": False},
                "caption": "La place, en mai",
            },
        },
        {"type": "quote", "value": {"text": "On y était bien.", "author": "Une voisine"}},
        {"type": "document", "value": {"document": document.pk, "title": ""}},
        {"type": "highlight", "value": {"text": "<p>Garde d'enfants prévue.</p>"}},
    ]
    page = add_news(1, body=body, summary="En bref.")

    text = text_of(client, page.url)

    assert "<h2>Le programme</h2>" in text
    assert "<h3>Le matin</h3>" in text
    assert "gratuit</b>\u202f!" in text
    assert 'alt="La place"' in text
    assert "<blockquote>" in text
    assert "Une voisine" in text
    assert "Compte rendu" in text
    assert "(PDF, 8" in text
    assert "Garde d'enfants" in text
    assert len(re.findall("<h1", text)) == 1


def test_the_feed_has_public_news_only(client, add_news, reserve, claire):
    add_news(1, summary="Bonjour & bienvenue")
    reserve(add_news(2))
    client.force_login(claire)

    response = client.get("/flux/actualites.xml")

    text = response.content.decode()
    assert response["Content-Type"].startswith("application/rss+xml")
    assert re.findall(r"<title>(Nouvelle \d)</title>", text) == ["Nouvelle 1"]
    assert "Bonjour &amp; bienvenue" in text
    assert "/actualites/nouvelle-1/</link>" in text


def test_the_feed_asks_as_many_queries_for_three_as_for_one(client, add_news):
    add_news(1)
    client.get("/flux/actualites.xml")
    with CaptureQueriesContext(connection) as one:
        client.get("/flux/actualites.xml")
    add_news(2)
    add_news(3)

    with CaptureQueriesContext(connection) as three:
        client.get("/flux/actualites.xml")

    assert len(three) == len(one)


def test_the_feed_of_a_site_without_news_is_empty_but_right(client, home):
    assert "<channel>" in text_of(client, "/flux/actualites.xml")
