"""The animator's first screen: what is to be read, and what nobody took note of."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.audience.circles import Circle
from pages.home.desk import to_read
from pages.news.acknowledging import acknowledge
from pages.news.desk import sent_back, still_true, to_acknowledge
from pages.news.queries import late_associations, news_to_read
from pages.news.truth import answer, ask
from tests.pages.news.test_moderation import act

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


def test_what_a_reader_sent_back_awaits_its_author(
    client, read_first, tell, benoit, aminata, claire, django_capture_on_commit_callbacks
):
    page = tell(benoit, title="Un goûter dimanche")
    assert sent_back(person=benoit, at=timezone.now()) == []
    client.force_login(claire)
    act(client, page, "reject", "Dites à quelle heure.")

    [wait] = sent_back(person=benoit, at=timezone.now())

    assert (wait.title, wait.note) == ("Un goûter dimanche", "Dites à quelle heure.")
    assert sent_back(person=aminata, at=timezone.now()) == []
    client.force_login(benoit)
    space = client.get("/mon-espace/").text
    assert "Dites à quelle heure." in space
    assert f'href="{wait.act.path}"' in space
    assert client.get(wait.act.path).status_code == 200


def test_a_question_of_a_year_after_awaits_its_author_until_it_is_answered(
    client, add_news, benoit, aminata
):
    page = add_news(1, owner=benoit)
    asked = ask(page=page, at=timezone.now())

    [wait] = still_true(person=benoit, at=timezone.now())

    assert (wait.title, wait.note) == ("Nouvelle 1", "Est-elle toujours vraie\u202f?")
    assert still_true(person=aminata, at=timezone.now()) == []
    client.force_login(benoit)
    assert wait.act.path in client.get("/mon-espace/").text
    assert client.get(wait.act.path).status_code == 200
    answer(question=asked, answer="true", by=benoit, at=timezone.now())
    assert still_true(person=benoit, at=timezone.now()) == []


def test_what_awaits_an_author_takes_as_many_queries_for_three_as_for_one(add_news, benoit):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            still_true(person=benoit, at=timezone.now())
            sent_back(person=benoit, at=timezone.now())
        return len(asked)

    ask(page=add_news(1, owner=benoit), at=timezone.now())
    one = queries()
    for number in (2, 3):
        ask(page=add_news(number, owner=benoit), at=timezone.now())

    assert queries() == one
