"""A site with a charter of one article, as an editor would have written it."""

import pytest
from wagtail.models import Page, Site

from pages.charter.models import ArticlePage, CharterPage
from pages.home.models import HomePage


@pytest.fixture
def home(db) -> HomePage:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Maillage", slug="accueil"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return home


@pytest.fixture
def charter(home) -> CharterPage:
    return home.add_child(instance=CharterPage(title="La charte des Tilleuls", slug="charte"))


def commitment(text: str, anchor: str = "", block_id: str | None = None) -> dict:
    return {"type": "item", "id": block_id, "value": {"text": text, "anchor": anchor}}


def group(introduction: str, *commitments: dict) -> dict:
    return {
        "type": "commitments",
        "value": {"introduction": introduction, "commitments": list(commitments)},
    }


@pytest.fixture
def article(charter) -> ArticlePage:
    article = ArticlePage(
        title="Agir ensemble",
        number=1,
        live=False,
        body=[
            {"type": "paragraph", "value": "<p>Nous habitons les mêmes rues.</p>"},
            {"type": "value", "value": {"name": "Écoute", "text": "<p>Un.</p><p>Deux.</p>"}},
            group("Nous nous engageons à :", commitment("Ouvrir nos portes"), commitment("Aider")),
        ],
    )
    return charter.add_child(instance=article)


@pytest.fixture
def published(article) -> ArticlePage:
    article.save_revision().publish()
    article.refresh_from_db()
    return article
