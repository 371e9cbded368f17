"""A page that was renamed is found at its old address by those who may read it."""

import pytest
from wagtail.models import Page

from pages.audience.circles import Circle
from pages.audience.operations import give_circle

pytestmark = pytest.mark.django_db


def renamed(page: Page) -> str:
    """Its old address; Wagtail makes the redirect by itself."""
    old = page.url
    page.slug = "mot-qui-trahit"
    page.save_revision().publish()
    page.refresh_from_db()
    return old


@pytest.fixture
def renewed(add_news, django_capture_on_commit_callbacks):
    def make(circle: Circle) -> tuple[Page, str]:
        page = add_news(1, circle=circle)
        give_circle(page=page, circle=circle)
        with django_capture_on_commit_callbacks(execute=True):
            return page, renamed(page)

    return make


def test_a_public_page_is_found_by_everybody(client, renewed):
    page, old = renewed(Circle.PUBLIC)

    assert client.get(old).headers["Location"] == page.url


def test_a_closed_page_is_found_by_those_who_may_read_it(client, renewed, benoit):
    page, old = renewed(Circle.MEMBERS)
    client.force_login(benoit)

    assert client.get(old).headers["Location"] == page.url


def test_others_are_asked_who_they_are_and_told_no_new_address(client, renewed, farid):
    _page, old = renewed(Circle.MEMBERS)

    asked = client.get(old, follow=True)
    assert asked.redirect_chain[0][0].startswith("/_util/login/?next=")
    assert "trahit" not in f"{asked.redirect_chain} {asked.content.decode()}"

    client.force_login(farid)
    refused = client.get(old, follow=True)
    assert refused.status_code == 403
    assert "trahit" not in f"{refused.redirect_chain} {refused.content.decode()}"


def test_a_page_that_was_taken_down_is_nowhere(client, renewed, benoit):
    page, old = renewed(Circle.PUBLIC)
    page.unpublish()
    client.force_login(benoit)

    assert client.get(old).status_code == 404
