"""What the editor's first screen offers of the pages, and to whom."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from pages.charter.models import CharterPage
from pages.news.models import NewsIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site_with_charter_and_news() -> None:
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=CharterPage(title="Charte", slug="la-charte"))
    root.add_child(instance=NewsIndexPage(title="Actualités", slug="les-actualites"))


def test_editors_are_led_to_the_charter_and_the_news(client, elodie, site_with_charter_and_news):
    client.force_login(elodie)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Modifier la charte" in page
    assert "Écrire une actualité" in page


def test_animators_are_led_to_the_news_which_they_may_write(
    client, claire, site_with_charter_and_news
):
    client.force_login(claire)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Modifier la charte" not in page
    assert "Écrire une actualité" in page

    index = NewsIndexPage.objects.get()
    form = client.get(reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk]))
    assert form.status_code == 200
    assert index.permissions_for_user(claire).can_publish_subpage()


def test_nothing_is_offered_before_there_is_something(client, elodie):
    client.force_login(elodie)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Modifier la charte" not in page
