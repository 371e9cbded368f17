"""A year after, the author is asked whether it is still true."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from pages.news.models import NewsPage, TruthQuestion
from pages.news.tasks import ask_whether_still_true

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(add_news, benoit) -> NewsPage:
    page = add_news(1, owner=benoit)
    age(page)
    return page


def age(page: NewsPage) -> None:
    year_ago = timezone.now() - timedelta(days=370)
    NewsPage.objects.filter(pk=page.pk).update(
        last_published_at=year_ago, first_published_at=year_ago
    )


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def run() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            ask_whether_still_true()

    return run


def link(answer: str) -> str:
    [address] = set(re.findall(rf"(/toujours-vrai/\S+\?reponse={answer})", mail.outbox[-1].body))
    return address


def test_the_author_is_asked_once_a_year(old, ask, add_news, benoit, time_machine):
    add_news(2, owner=benoit)

    ask()
    ask()

    assert [letter.to for letter in mail.outbox] == [["benoit@example.org"]]
    assert "Est-ce toujours vrai" in mail.outbox[0].subject
    time_machine.move_to(timezone.now() + timedelta(days=364))
    ask()
    assert [one.page.title for one in TruthQuestion.objects.order_by("pk")] == ["Nouvelle 1"]
    time_machine.move_to(timezone.now() + timedelta(days=2))
    ask()
    assert TruthQuestion.objects.filter(page=old).count() == 2


def test_an_author_is_not_sent_fifty_letters_in_a_night(add_news, benoit, ask):
    for number in range(1, 6):
        age(add_news(number, owner=benoit))

    ask()

    assert len(mail.outbox) == 3


def test_opening_the_link_changes_nothing_pressing_the_button_does(client, old, ask):
    ask()
    assert "Nouvelle 1" in client.get(link("true")).content.decode()
    assert TruthQuestion.objects.get().answer == ""

    client.post(link("true").partition("?")[0], {"answer": "true"})

    assert TruthQuestion.objects.get().answer == "true"
    assert "plus d'un an" not in client.get(old.url).content.decode()
    assert "Merci" in client.get(link("withdraw")).content.decode()


def test_without_an_answer_the_item_says_its_age_and_the_animator_sees_it(client, old, ask, claire):
    assert "plus d'un an" not in client.get(old.url).content.decode()

    ask()

    assert "écrit il y a plus d'un an" in client.get(old.url).content.decode()
    client.force_login(claire)
    assert "Nouvelle 1" in client.get("/suivi-des-actualites/").content.decode()


def test_withdrawing_from_the_letter(client, old, ask):
    ask()

    client.post(link("withdraw").partition("?")[0], {"answer": "withdraw"})

    old.refresh_from_db()
    assert not old.live
    assert client.get(old.url).status_code == 404


def test_mending_leads_to_the_form(client, old, ask, benoit):
    ask()

    response = client.post(link("mend").partition("?")[0], {"answer": "mend"})

    assert response["Location"] == f"/mes-actualites/{old.pk}/modifier/"
    assert "plus d'un an" in client.get(old.url).content.decode()


@pytest.mark.parametrize("token", ["x", "1:abc:def", "MQ:1x:y"])
def test_a_link_that_nobody_signed_leads_nowhere(client, news_index, token):
    assert client.get(f"/toujours-vrai/{token}/").status_code == 404


def test_an_answer_that_is_none_is_asked_again(client, old, ask):
    ask()

    text = client.post(link("true").partition("?")[0], {"answer": "peut-être"}).content.decode()

    assert "Oui, c'est toujours vrai" in text
    assert TruthQuestion.objects.get().answer == ""


def test_what_was_mended_is_no_longer_in_doubt(client, old, ask, benoit):
    ask()
    client.post(link("mend").partition("?")[0], {"answer": "mend"})
    client.force_login(benoit)
    client.post(
        f"/mes-actualites/{old.pk}/modifier/",
        {"title": "Nouvelle 1", "text": "À jour.", "audience": "public", "confirmed": "1"},
    )

    assert "plus d'un an" not in client.get(old.url).content.decode()


def test_a_question_about_an_author_who_left_is_seen_by_the_animator(client, old, ask, claire):
    NewsPage.objects.update(owner=None)

    ask()

    assert mail.outbox == []
    client.force_login(claire)
    assert "Nouvelle 1" in client.get("/suivi-des-actualites/").content.decode()
