from datetime import timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.urls import reverse

from intranet.digest import links, operations, queries
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from tests.intranet.digest.conftest import tell
from tests.people import NOW

pytestmark = pytest.mark.django_db
Rhythm = DigestPreference.Rhythm


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def letter(aminata) -> DigestLetter:
    aminata.set_unusable_password()
    aminata.save()
    tell("one")
    operations.write_weekly_letters(on=NOW.date(), at=NOW)
    return DigestLetter.objects.get(person=aminata)


def test_who_never_opened_an_account_reads_the_letter(client, letter):
    page = client.get(links.letter_path(letter))

    assert "Le texte de one." in page.content.decode()
    assert "Choisir un mot de passe" in page.content.decode()
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_reading_a_letter_logs_nobody_in(client, letter):
    client.get(links.letter_path(letter))

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "0" * 300])
def test_a_link_that_was_made_up_opens_nothing(client, letter, token):
    assert client.get(reverse("digest_letter", args=[token])).status_code == 410
    assert client.get(reverse("digest_item", args=[token, 1])).status_code == 410


def test_a_link_signed_for_something_else_opens_nothing(client, letter):
    token = links.unsubscribe_token(letter.person)

    assert client.get(reverse("digest_letter", args=[token])).status_code == 410
    assert (
        client.get(reverse("digest_letter", args=[Signer().sign(letter.pk.hex)])).status_code == 410
    )


def test_a_link_opens_nothing_after_sixty_days(client, letter):
    address = links.letter_path(letter)

    with time_machine.travel(NOW + timedelta(days=59)):
        assert client.get(address).status_code == 200
    with time_machine.travel(NOW + timedelta(days=61)):
        assert client.get(address).status_code == 410


def test_a_link_opens_nothing_once_the_account_is_closed(client, letter):
    letter.person.is_active = False
    letter.person.save()

    assert client.get(links.letter_path(letter)).status_code == 410


def test_a_letter_opens_its_own_items_only(client, letter):
    other = DigestEntry.objects.create(
        key="other", section="news", title="Autre", text="", path="/autre/", at=NOW
    )

    address = reverse("digest_item", args=[links.letter_token(letter), other.pk])

    assert client.get(address).status_code == 404


def test_what_is_not_a_page_leads_to_the_site_where_one_logs_in(client, letter):
    address = links.item_path(links.letter_token(letter), letter.entries[0])

    assert client.get(address).url == "/one/"


def test_a_scanner_that_follows_the_link_unsubscribes_nobody(client, aminata):
    address = links.unsubscribe_path(aminata)

    page = client.get(address)

    assert "Arrêter la lettre" in page.content.decode()
    assert queries.rhythm_of(aminata) == Rhythm.WEEKLY


def test_a_mail_program_unsubscribes_in_one_click(aminata, denis):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    page = strict.post(links.unsubscribe_path(aminata), {"List-Unsubscribe": "One-Click"})

    assert page.status_code == 200
    assert queries.rhythm_of(aminata) == Rhythm.NEVER
    assert queries.rhythm_of(denis) == Rhythm.WEEKLY


def test_there_is_a_way_back(client, aminata):
    client.post(links.unsubscribe_path(aminata))
    token = links.unsubscribe_token(aminata)

    page = client.post(reverse("digest_resume", args=[token]))

    assert "La lettre revient" in page.content.decode()
    assert queries.rhythm_of(aminata) == Rhythm.WEEKLY


@pytest.mark.parametrize("token", ["x", "1", "1:é"])
def test_nobody_unsubscribes_others(client, aminata, token):
    assert client.post(reverse("digest_unsubscribe", args=[token])).status_code == 404


def test_a_member_chooses_a_rhythm(client, benoit):
    client.force_login(benoit)

    page = client.post(reverse("my_letters"), {"rhythm": "deadlines"}, follow=True)

    assert "Votre choix est enregistré." in page.content.decode()
    assert queries.rhythm_of(benoit) == Rhythm.DEADLINES
    assert client.post(reverse("my_letters"), {"rhythm": "hourly"}).status_code == 200


def test_a_member_finds_their_letters_again(client, letter, denis):
    client.force_login(letter.person)
    assert "Lettre du 12\xa0mars 2026" in client.get(reverse("my_letters")).content.decode()

    client.force_login(denis)
    page = client.get(reverse("my_letters")).content.decode()
    assert links.letter_path(letter) not in page
