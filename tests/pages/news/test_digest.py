from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from intranet.accounts import roles
from intranet.digest import links, operations, queries
from intranet.digest.models import DigestLetter
from pages.news.models import Acknowledgement
from tests.letters import send_letters

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": {"text": "Un titre", "level": "2"}},
    {"type": "paragraph", "value": "<p>Venez <b>nombreux</b> &amp; nombreuses.</p><p>Deux.</p>"},
    {"type": "paragraph", "value": "<p>Trois.</p>"},
]


@pytest.fixture(autouse=True)
def news_only(settings):
    settings.DIGEST_SOURCES = ["pages.news.digest.news"]


def write():
    now = timezone.now()
    operations.write_weekly_letters(on=timezone.localdate(now), at=now)


def titles_for(person) -> list[str]:
    letter = DigestLetter.objects.filter(person=person).first()
    return [entry.title for entry in queries.entries_of(letter)] if letter else []


def test_news_carries_its_summary_and_first_paragraphs(add_news, aminata):
    add_news(1, summary="Une fête.", body=BODY)
    write()

    [entry] = queries.entries_of(DigestLetter.objects.get())
    assert entry.text == "Une fête.\n\nVenez nombreux & nombreuses.\n\nDeux."
    assert entry.path == "/actualites/nouvelle-1/"


def test_each_reads_the_news_of_their_circles(
    add_news, reserve, aminata, elodie, farid, admin_user
):
    add_news(1)
    reserve(add_news(2))
    reserve(add_news(3), roles.EDITOR)
    add_news(4).unpublish()
    write()

    assert sorted(titles_for(farid)) == ["Nouvelle 1"]
    assert sorted(titles_for(aminata)) == ["Nouvelle 1", "Nouvelle 2"]
    assert sorted(titles_for(elodie)) == ["Nouvelle 1", "Nouvelle 2", "Nouvelle 3"]
    assert sorted(titles_for(admin_user)) == ["Nouvelle 1", "Nouvelle 2", "Nouvelle 3"]


def test_a_circle_given_to_the_whole_section_holds_for_its_news(
    add_news, news_index, reserve, farid
):
    add_news(1)
    reserve(news_index)
    write()

    assert titles_for(farid) == []


def test_what_was_closed_before_the_letter_left_is_not_in_it(add_news, reserve, farid):
    page = add_news(1, summary="Un secret.")
    add_news(2)
    write()
    reserve(page)

    send_letters(at=timezone.now())

    assert "Un secret." not in mail.outbox[0].body
    assert "Nouvelle 2" in mail.outbox[0].body


def test_a_page_of_the_members_is_read_through_the_letter_without_logging_in(
    client, add_news, reserve, aminata
):
    page = add_news(1, body=BODY)
    reserve(page)
    write()
    letter = DigestLetter.objects.get()
    address = links.item_path(links.letter_token(letter), letter.entries[0])

    shown = client.get(address)
    assert "Venez <b>nombreux</b>" in shown.content.decode()
    assert "Trois." in shown.content.decode()
    assert "noindex" in shown["X-Robots-Tag"]
    assert client.get(page.url).status_code == 302

    page.unpublish()
    gone = client.get(address)
    assert gone.status_code == 410
    assert "Venez" not in gone.content.decode()


def test_whoever_left_the_circle_reads_its_page_no_more(client, add_news, reserve, elodie):
    reserve(add_news(1, summary="Un secret."), roles.EDITOR)
    write()
    letter = DigestLetter.objects.get(person=elodie)
    address = links.item_path(links.letter_token(letter), letter.entries[0])
    elodie.groups.clear()

    assert client.get(address).status_code == 410
    assert "Un secret." not in client.get(links.letter_path(letter)).content.decode()


def test_the_news_asks_as_much_of_the_database_for_three_as_for_one(
    add_news, aminata, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def offered():
        readers = queries.readers_among(queries.people_at("weekly"))
        until = timezone.now()
        from pages.news.digest import news

        return list(news(readers=readers, since=until - timedelta(days=7), until=until))

    add_news(1)
    offered()
    with CaptureQueriesContext(connection) as one:
        assert len(offered()) == 1
    add_news(2)
    add_news(3)
    with CaptureQueriesContext(connection) as three:
        assert len(offered()) == 3
    assert len(one) == len(three)


class TestAcknowledgements:
    @pytest.fixture(autouse=True)
    def acknowledgements_only(self, settings):
        settings.DIGEST_SOURCES = ["pages.news.digest.to_acknowledge"]

    @pytest.fixture
    def asking(self, add_news):
        return add_news(
            1, summary="À lire.", acknowledge_by=timezone.localdate() + timedelta(days=20)
        )

    def test_the_members_of_an_association_that_took_no_note_are_told(
        self, asking, association, aminata, farid
    ):
        write()

        assert titles_for(aminata) == [
            "Les Tisserands est invitée à prendre connaissance\xa0: Nouvelle 1"
        ]
        assert titles_for(farid) == []

    def test_what_was_noted_before_the_letter_left_does_not_leave(
        self, asking, association, aminata
    ):
        write()
        Acknowledgement.objects.create(
            page=asking, association=association, by=aminata, at=timezone.now()
        )

        send_letters(at=timezone.now())

        assert mail.outbox == []
