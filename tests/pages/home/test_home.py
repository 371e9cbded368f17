"""The front page, and the tree that is laid for it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site

from intranet.accounts import roles
from pages.home.models import HomePage
from pages.home.operations import lay_site
from pages.news.models import NewsIndexPage

pytestmark = pytest.mark.django_db


def test_laying_the_site_twice_changes_nothing(settings):
    settings.BASE_URL = "https://maillage.example"
    home = lay_site()
    home.headline = "Bienvenue"
    home.save_revision().publish()
    before = list(Page.objects.values("pk", "title", "latest_revision"))

    assert lay_site() == home

    assert list(Page.objects.values("pk", "title", "latest_revision")) == before
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == ("maillage.example", 443, home.pk)
    assert HomePage.objects.get().headline == "Bienvenue"


def test_the_list_of_news_is_opened_to_those_whose_work_it_is():
    lay_site()

    page = NewsIndexPage.objects.get()
    granted = GroupPagePermission.objects.filter(page=page, group__name=roles.ANIMATOR)
    assert granted.exists()


def test_a_page_that_somebody_put_in_the_place_of_the_welcome_stays():
    root = Page.get_first_root_node()
    welcome = root.get_children().first()
    welcome.add_child(instance=Page(title="La nôtre", slug="la-notre"))

    lay_site()

    assert Page.objects.filter(title="La nôtre").exists()


def test_the_front_page_shows_charter_news_and_figures(client, published, add_news, association):
    for number in (1, 2, 3, 4):
        add_news(number)

    text = client.get("/").content.decode()

    assert "La charte des Tilleuls" in text
    assert re.findall(r">Nouvelle (\d)<", text) == ["4", "3", "2"]
    figures = re.findall(r'figure__number">(\d+)<', text)
    assert figures == ["1", "2", "1", "1"]


def test_an_empty_front_page_is_a_page(client, home):
    assert client.get("/").status_code == 200


def test_the_front_page_asks_as_many_queries_for_three_as_for_one(
    client, published, add_news, picture
):
    add_news(1, image=picture, image_alt="Une fête")
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    add_news(2, image=picture, image_alt="Une fête")
    add_news(3, image=picture, image_alt="Une fête")

    with CaptureQueriesContext(connection) as three:
        client.get("/")

    assert len(three) == len(one)


def test_the_front_page_names_nothing_reserved(client, published, charter, add_news, reserve):
    reserve(charter)
    reserve(add_news(1))

    text = client.get("/").content.decode()

    assert "La charte des Tilleuls" not in text
    assert "Nouvelle 1" not in text


def test_robots_are_told_where_to_go(client, home):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_map_of_the_site_has_public_pages_only(client, add_news, reserve):
    add_news(1)
    reserve(add_news(2))

    text = client.get("/sitemap.xml").content.decode()

    assert "/actualites/nouvelle-1/</loc>" in text
    assert "nouvelle-2" not in text


def test_the_map_of_the_site_bears_a_thousand_closed_pages(client, add_news):
    """SQLite reads no expression deeper than 1,000: a condition for each would be one."""
    add_news(1)
    closed = add_news(2)
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=closed, restriction_type=PageViewRestriction.LOGIN)
        for _ in range(1200)
    )

    text = client.get("/sitemap.xml").content.decode()

    assert "/actualites/nouvelle-1/</loc>" in text
    assert "nouvelle-2" not in text
