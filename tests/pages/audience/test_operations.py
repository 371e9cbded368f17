import pytest
from django.contrib.auth.models import AnonymousUser

from intranet.network.models import WorkingGroup
from intranet.network.operations import save_working_group
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.audience.queries import visible_to
from pages.news.models import NewsPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sees(add_news, rf):
    page = add_news(1)

    def sees(user) -> bool:
        request = rf.get("/")
        request.user = user
        return page in visible_to(NewsPage.objects.all(), request)

    sees.page = page
    return sees


def test_a_page_of_the_members_is_closed_to_the_public_and_to_partners(sees, aminata, farid):
    give_circle(page=sees.page, circle=Circle.MEMBERS)

    assert [sees(person) for person in (AnonymousUser(), farid, aminata)] == [False, False, True]


def test_a_page_of_a_group_is_closed_to_the_other_members(sees, aminata, denis):
    group = save_working_group(working_group=WorkingGroup(name="Santé"), members=[aminata])
    give_circle(page=sees.page, circle=Circle.GROUP, group=group)

    assert [sees(person) for person in (AnonymousUser(), denis, aminata)] == [False, False, True]


def test_a_page_that_is_opened_again_has_no_restriction_left(sees):
    give_circle(page=sees.page, circle=Circle.MEMBERS)
    give_circle(page=sees.page, circle=Circle.PUBLIC)

    assert sees(AnonymousUser())
    assert not sees.page.view_restrictions.exists()
