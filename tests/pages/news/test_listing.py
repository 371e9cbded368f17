"""The list by territory, theme, circle and year; its feeds; what is shown first."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from intranet.network.models import Territory, Theme
from pages.audience.circles import Circle
from pages.charter.models import Commitment
from pages.news.models import NewsPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def classify(territory, theme):
    def put(page: NewsPage, *things) -> NewsPage:
        page.territories.set([one for one in things if isinstance(one, Territory)])
        page.themes.set([one for one in things if isinstance(one, Theme)])
        page.save()
        return page

    return put


def titles(response) -> list[str]:
    return re.findall(r">Nouvelle (\d+)<", response.content.decode())


def test_each_filter_shows_what_it_says_and_counts_what_it_would(
    client, add_news, classify, territory, theme
):
    classify(add_news(1), territory)
    classify(add_news(2), territory, theme)
    classify(add_news(3), theme)

    everything = client.get("/actualites/").content.decode()
    here = client.get(f"/actualites/?territoire={territory.code}")

    assert "Les Tilleuls (Valbonne-la-Neuve) (2)" in everything
    assert titles(here) == ["2", "1"]
    # Of what is left, one is about health.
    assert "Santé (1)" in here.content.decode()
    assert titles(client.get(f"/actualites/?territoire={territory.code}&theme=sante")) == ["2"]
    assert titles(client.get("/actualites/?annee=2026&theme=sante")) == ["3", "2"]


@pytest.mark.parametrize(
    "asked", ["annee=abcd", "annee=0000", "annee=٢٠٢٦", "page=x", "cercle=", "annee=99999"]
)
def test_what_nobody_can_ask_for_is_not_asked(client, add_news, asked):
    add_news(1)

    assert titles(client.get(f"/actualites/?{asked}")) == ["1"]


@pytest.mark.parametrize("asked", ["theme=rien", "territoire=QN0'--", "cercle=x", "annee=1950"])
def test_a_filter_that_leaves_nothing_says_so(client, add_news, asked):
    add_news(1)

    assert "Rien ne correspond" in client.get(f"/actualites/?{asked}").content.decode()


def test_the_filters_are_kept_from_page_to_page(client, add_news, classify, theme):
    for number in range(1, 15):
        classify(add_news(number), theme)

    text = client.get("/actualites/?theme=sante").content.decode()

    assert "?theme=sante&amp;page=2" in text
    assert titles(client.get("/actualites/?theme=sante&page=2")) == ["2", "1"]


def test_what_is_closed_is_not_counted(client, add_news, classify, theme, benoit):
    classify(add_news(1), theme)
    classify(add_news(2, circle=Circle.MEMBERS), theme)
    classify(add_news(3), Theme.objects.create(name="Logement", slug="logement"))

    assert "Santé (1)" in client.get("/actualites/").content.decode()
    client.force_login(benoit)
    assert "Santé (2)" in client.get("/actualites/").content.decode()


def test_the_list_asks_as_many_queries_for_three_as_for_one(
    client, add_news, classify, territory, theme, benoit
):
    client.force_login(benoit)
    classify(add_news(1, circle=Circle.MEMBERS), territory, theme)
    client.get("/actualites/")
    with CaptureQueriesContext(connection) as one:
        client.get("/actualites/")
    other = Territory.objects.create(code="QN07502M", name="Le Verger", commune="Valbonne")
    classify(add_news(2), other, theme)
    classify(add_news(3, circle=Circle.MEMBERS), territory, theme)
    with CaptureQueriesContext(connection) as three:
        assert titles(client.get("/actualites/")) == ["3", "2", "1"]

    assert len(one) == len(three)


def test_a_thousand_closed_items_are_left_out_of_the_list(client, add_news):
    """SQLite reads no expression deeper than 1,000: a condition for each would be one."""
    page = add_news(1)
    add_news(2)
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
        for _ in range(1200)
    )

    assert titles(client.get("/actualites/")) == ["2"]
    assert "Nouvelle 1<" not in client.get("/flux/actualites.xml").content.decode()


@pytest.mark.parametrize("feed", ["theme/sante", "territoire/QN07501M"])
def test_the_feed_of_a_part_holds_its_public_news_whoever_asks(
    client, add_news, classify, territory, theme, benoit, feed
):
    classify(add_news(1), territory, theme)
    classify(add_news(2, circle=Circle.MEMBERS), territory, theme)
    add_news(3)
    client.force_login(benoit)

    text = client.get(f"/flux/actualites/{feed}.xml").content.decode()

    assert re.findall(r"<title>(Nouvelle \d)</title>", text) == ["Nouvelle 1"]


def test_the_feed_of_nothing_is_not_found(client, news_index):
    assert client.get("/flux/actualites/theme/rien.xml").status_code == 404


def test_the_sitemap_names_no_closed_item(client, add_news):
    add_news(1)
    add_news(2, circle=Circle.MEMBERS)

    text = client.get("/sitemap.xml").content.decode()

    assert "nouvelle-1" in text
    assert "nouvelle-2" not in text


def test_what_is_featured_is_first_until_its_day(client, add_news, time_machine):
    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 3, 20)))
    add_news(1, featured_until=date(2026, 3, 21))
    add_news(2)
    assert titles(client.get("/actualites/")) == ["1", "2"]
    assert titles(client.get("/")) == ["1", "2"]
    assert titles(client.get("/actualites/?annee=2026")) == ["2", "1"]

    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 3, 22)))

    assert titles(client.get("/actualites/")) == ["2", "1"]


def test_no_more_than_three_are_featured(add_news):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for number in (1, 2, 3):
        add_news(number, featured_until=tomorrow)

    with pytest.raises(ValidationError) as error:
        NewsPage(title="Quatre", slug="quatre", featured_until=tomorrow).clean()

    assert "featured_until" in error.value.message_dict


def test_an_item_leads_to_the_commitments_that_it_serves(client, add_news, published):
    page = add_news(1)
    served = Commitment.objects.first()
    page.commitments.set([served])
    page.save()

    assert f'href="/charte/#{served.anchor}"' in client.get(page.url).content.decode()
