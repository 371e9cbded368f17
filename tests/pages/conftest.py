"""A site with a charter of one article, as an editor would have written it."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from pages.charter.models import ArticlePage, CharterPage
from pages.home.models import HomePage
from pages.news.models import NewsIndexPage, NewsPage


@pytest.fixture
def home(db) -> HomePage:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Maillage", slug="accueil"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    root.get_children().exclude(pk=home.pk).delete()
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


@pytest.fixture
def news_index(home) -> NewsIndexPage:
    return home.add_child(instance=NewsIndexPage(title="Actualités", slug="actualites"))


@pytest.fixture
def picture(db):
    return get_image_model().objects.create(title="Fête", file=get_test_image_file())


@pytest.fixture
def add_news(news_index):
    """Publish a news item; its number makes its title and its day."""

    def add(number: int, **fields) -> NewsPage:
        page = NewsPage(title=f"Nouvelle {number}", date=date(2026, 3, number), **fields)
        news_index.add_child(instance=page)
        page.save_revision().publish()
        return page

    return add


@pytest.fixture
def reserve():
    """Close a page to everybody but the members of some groups, or to the public."""

    def close(page: Page, *group_names: str) -> None:
        kind = PageViewRestriction.GROUPS if group_names else PageViewRestriction.LOGIN
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
        restriction.groups.set(Group.objects.filter(name__in=group_names))

    return close
