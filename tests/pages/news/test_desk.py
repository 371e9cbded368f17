"""The animator's first screen: what is to be read, and what nobody took note of."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.audience.circles import Circle
from pages.news.acknowledging import acknowledge
from pages.news.desk import to_acknowledge, to_read
from pages.news.queries import late_associations, news_to_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return timezone.localdate() + timedelta(days=7)


def test_what_members_sent_is_there_to_be_read(read_first, tell, benoit):
    tell(benoit, title="Un goûter dimanche")

    matter = to_read(at=timezone.now())

    assert [line.title for line in matter.lines] == ["Un goûter dimanche"]
    assert matter.number == len(news_to_read()) == 1
    assert matter.act.path == matter.lines[0].path


def test_an_animator_opens_what_is_to_be_read(read_first, tell, benoit, claire, client):
    tell(benoit, title="Un goûter dimanche")
    client.force_login(claire)

    assert client.get(to_read(at=timezone.now()).act.path).status_code == 200


def test_missing_acknowledgements_are_those_of_the_news_itself(
    add_news, soon, association, other_association, benoit, working_group
):
    page = add_news(1, acknowledge_by=soon)
    add_news(2, acknowledge_by=soon, circle=Circle.GROUP, working_group=working_group)
    done = add_news(3, acknowledge_by=soon, circle=Circle.GROUP, working_group=working_group)
    add_news(4, acknowledge_by=timezone.localdate() - timedelta(days=1))
    acknowledge(page=done, association=association, by=benoit, at=timezone.now())

    matter = to_acknowledge(at=timezone.now())

    assert [line.title for line in matter.lines] == ["Nouvelle 1", "Nouvelle 2"]
    assert late_associations(page).count() == 2
    assert matter.lines[0].note.startswith("2 associations")
    assert matter.lines[1].note.startswith("1 association")


def test_acknowledgements_ask_as_much_for_three_as_for_one(add_news, soon, association):
    add_news(1, acknowledge_by=soon)
    with CaptureQueriesContext(connection) as one:
        assert to_acknowledge(at=timezone.now()).number == 1
    add_news(2, acknowledge_by=soon)
    add_news(3, acknowledge_by=soon)

    with CaptureQueriesContext(connection) as three:
        assert to_acknowledge(at=timezone.now()).number == 3
    assert len(three) == len(one)


def test_whats_new_is_what_the_person_may_read(
    add_news, client, aminata, denis, benoit, working_group
):
    add_news(1)
    add_news(2, circle=Circle.GROUP, working_group=working_group)

    seen = {}
    for person in (benoit, denis):
        client.force_login(person)
        seen[person.email] = client.get("/mon-espace/").text

    assert "Nouvelle 1" in seen[benoit.email]
    assert "Nouvelle 2" in seen[benoit.email]
    assert "Nouvelle 1" in seen[denis.email]
    assert "Nouvelle 2" not in seen[denis.email]
