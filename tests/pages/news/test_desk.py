"""The first screens: what nobody took note of, and what a member's own news asks for."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.audience.circles import Circle
from pages.news.acknowledging import acknowledge
from pages.news.desk import own_news, still_true, to_acknowledge, to_take_note
from pages.news.models import TruthQuestion
from pages.news.queries import late_associations

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return timezone.localdate() + timedelta(days=7)


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


# -- For a member --------------------------------------------------------------------------


def queries_of(source, person) -> int:
    with CaptureQueriesContext(connection) as found:
        list(source(person, at=timezone.now()))
    return len(found)


def test_a_member_is_asked_to_take_note_for_each_association(add_news, soon, benoit, farid):
    add_news(1, acknowledge_by=soon)

    [notice] = to_take_note(benoit, at=timezone.now())

    assert (notice.title, notice.awaits) == ("Nouvelle 1", True)
    assert notice.note.startswith("Les Tisserands")
    assert not list(to_take_note(farid, at=timezone.now()))


def ask_about(page, answer=TruthQuestion.Answer.NONE) -> TruthQuestion:
    return TruthQuestion.objects.create(
        page=page, asked_date=timezone.localdate() - timedelta(days=2), answer=answer
    )


def test_is_it_still_true_is_asked_of_its_author_on_the_screen(add_news, client, benoit, denis):
    question = ask_about(add_news(1, owner=benoit))
    ask_about(add_news(2, owner=benoit), TruthQuestion.Answer.TRUE)

    [notice] = still_true(benoit, at=timezone.now())

    client.force_login(benoit)
    assert notice.title == "Nouvelle 1"
    # The link is signed at the moment, and so never twice the same.
    [shown] = set(re.findall(r'href="(/toujours-vrai/[^"]+)"', client.get("/mon-espace/").text))
    response = client.get(shown)
    assert response.status_code == 200
    assert "Nouvelle 1" in response.text
    question.refresh_from_db()
    assert question.answer == TruthQuestion.Answer.NONE
    assert not list(still_true(denis, at=timezone.now()))


def test_who_said_that_an_item_needs_changes_is_led_to_change_it(add_news, benoit):
    page = add_news(1, owner=benoit)
    ask_about(page, TruthQuestion.Answer.MEND)

    [notice] = still_true(benoit, at=timezone.now())

    assert notice.act.path == reverse("news_change", args=[page.pk])


def test_a_member_follows_what_they_sent_until_it_is_published(
    read_first, tell, benoit, claire, denis
):
    page = tell(benoit, title="Un goûter dimanche")
    [waiting] = own_news(benoit, at=timezone.now())
    task = page.current_workflow_task
    task.on_action(page.current_workflow_task_state, claire, "reject", comment="Où donc ?")
    page = page.specific_class.objects.get(pk=page.pk)
    [refused] = own_news(benoit, at=timezone.now())
    page.current_workflow_state.resume(user=benoit)
    state = page.specific_class.objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, claire, "approve")
    [accepted] = own_news(benoit, at=timezone.now())

    assert (waiting.title, waiting.awaits, waiting.quote) == ("Un goûter dimanche", False, "")
    assert (refused.awaits, refused.quote) == (True, "Où donc ?")
    assert refused.act.path == reverse("news_change", args=[page.pk])
    assert (accepted.awaits, accepted.quote) == (False, "")
    assert accepted.note == "Votre actualité est publiée"
    assert not list(own_news(benoit, at=timezone.now() + timedelta(days=15)))
    assert not list(own_news(denis, at=timezone.now()))


@pytest.mark.parametrize("source", [to_take_note, still_true, own_news])
def test_a_members_lines_ask_as_much_for_three_as_for_one(
    read_first, tell, add_news, soon, benoit, source
):
    def add(number: int) -> None:
        ask_about(add_news(number, owner=benoit, acknowledge_by=soon))
        tell(benoit, title=f"Goûter {number}")

    # What is read once for all: the kinds of pages, the addresses of sites.
    add(1)
    queries_of(source, benoit)
    one = queries_of(source, benoit)
    add(2)
    add(3)

    assert len(list(source(benoit, at=timezone.now()))) == 3
    assert queries_of(source, benoit) == one
