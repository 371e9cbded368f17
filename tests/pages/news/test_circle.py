"""The circle of an item is its own column, and Wagtail's privacy follows it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction

from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.news.models import NewsPage

pytestmark = pytest.mark.django_db


def kinds(page: NewsPage) -> list[str]:
    return [one.restriction_type for one in PageViewRestriction.objects.filter(page=page)]


def test_publishing_closes_the_page_at_the_same_moment(add_news, working_group):
    assert kinds(add_news(1)) == []
    assert kinds(add_news(2, circle=Circle.MEMBERS)) == [PageViewRestriction.LOGIN]
    of_group = add_news(3, circle=Circle.GROUP, working_group=working_group)
    assert kinds(of_group) == [PageViewRestriction.GROUPS]


def test_a_draft_changes_the_circle_of_nothing_before_it_is_published(add_news):
    page = add_news(1, circle=Circle.MEMBERS)

    page.circle = Circle.PUBLIC
    revision = page.save_revision()

    assert kinds(page) == [PageViewRestriction.LOGIN]
    revision.publish()
    assert kinds(page) == []


def test_a_draft_older_than_the_column_opens_nothing(add_news):
    page = add_news(1)
    give_circle(page=page, circle=Circle.MEMBERS)
    revision = page.save_revision()
    del revision.content["circle"]
    revision.save()

    revision.publish()

    assert kinds(page) == [PageViewRestriction.LOGIN]
    assert NewsPage.objects.get(pk=page.pk).circle == Circle.MEMBERS


def test_an_item_of_a_group_names_it(add_news):
    page = NewsPage(title="Sans groupe", slug="sans-groupe", circle=Circle.GROUP)
    with pytest.raises(ValidationError) as error:
        page.clean()
    assert "working_group" in error.value.message_dict

    kept = add_news(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsPage.objects.filter(pk=kept.pk).update(circle=Circle.GROUP, working_group=None)


def test_saving_again_leaves_the_restriction_that_is_there(add_news):
    page = add_news(1, circle=Circle.MEMBERS)
    before = PageViewRestriction.objects.get(page=page).pk

    page.save()

    assert PageViewRestriction.objects.get(page=page).pk == before
