"""Somebody answers a form; a robot does not."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from pages.contact.guarding import ANSWERS_AN_HOUR, STAMP
from pages.contact.models import FormAnswer, FormPage
from pages.contact.operations import FormClosed, FormFull, erase_old_answers, record_answer
from tests.people import NOW, TODAY
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_and_the_person_is_thanked(client, add_form, fill):
    page = add_form(thanks="<p>On vous répond vite.</p>", keep_days=30)

    response = fill(page, message="Bonjour")

    assert (response.status_code, response.url) == (302, f"{page.url}?envoye=1")
    answer = FormAnswer.objects.get()
    assert answer.form_data == {"message": "Bonjour"}
    assert answer.erase_on == date(2026, 4, 11)
    assert "On vous répond vite." in words_of(client.get(response.url))


def test_every_kind_of_question_is_kept_as_it_was_answered(client, add_form, fill):
    page = add_form(
        ("Ligne", "singleline"),
        ("Adresse", "email"),
        ("Nombre", "number"),
        ("Jour", "date"),
        ("Accord", "checkbox"),
        ("Cases", "checkboxes"),
        ("Bouton", "radio"),
        ("Liste", "dropdown"),
    )
    for field in page.form_fields.filter(field_type__in=["checkboxes", "radio", "dropdown"]):
        field.choices = "Oui, un peu\nNon"
        field.save()

    fill(
        page,
        ligne="é",
        adresse="a@exemple.invalid",
        nombre="2,5",
        jour="2026-05-01",
        accord="on",
        cases=["Oui, un peu", "Non"],
        bouton="Non",
        liste="Oui, un peu",
    )

    assert FormAnswer.objects.get().form_data == {
        "ligne": "é",
        "adresse": "a@exemple.invalid",
        "nombre": "2.5",
        "jour": "2026-05-01",
        "accord": True,
        "cases": ["Oui, un peu", "Non"],
        "bouton": "Non",
        "liste": "Oui, un peu",
    }


def test_what_is_missing_is_said_and_what_was_typed_is_kept(add_form, fill):
    page = add_form(("Nom", "singleline"), ("Adresse", "email"))

    response = fill(page, nom="Aminata", adresse="pas une adresse")

    assert response.status_code == 200
    assert 'value="Aminata"' in response.content.decode()
    assert "Un point à corriger" in words_of(response)
    assert not FormAnswer.objects.exists()


def test_a_text_without_end_is_refused(add_form, fill):
    response = fill(add_form(), message="x" * 5001)

    assert response.status_code == 200
    assert not FormAnswer.objects.exists()


# -- Robots ----------------------------------------------------------------------------------


def test_the_field_that_nobody_sees_stops_robots_and_gives_back_the_text(add_form, fill):
    response = fill(add_form(), message="Achetez !", trap="https://spam.invalid")

    assert "Un champ qui doit rester vide a été rempli" in words_of(response)
    assert "Achetez !" in words_of(response)
    assert "spam.invalid" not in words_of(response)
    assert not FormAnswer.objects.exists()


def test_who_answers_at_once_is_asked_to_send_again_and_then_passes(client, add_form, fill, clock):
    page = add_form()

    response = fill(page, seconds=1, message="Bonjour")
    assert "Attendez quelques secondes" in words_of(response)
    assert "Bonjour" in words_of(response)
    assert not FormAnswer.objects.exists()

    clock.shift(timedelta(seconds=4))
    client.post(page.url, {STAMP: response.context["stamp"], "message": "Bonjour"})
    assert FormAnswer.objects.count() == 1


@pytest.mark.parametrize("stamp", ["invented", "a:b:c", "é", "x" * 5000])
def test_a_stamp_of_somebodys_invention_is_refused_without_losing_the_text(add_form, fill, stamp):
    response = fill(add_form(), message="Bonjour", stamp=stamp)

    assert "Cette page était ouverte depuis longtemps" in words_of(response)
    assert "Bonjour" in words_of(response)


def test_the_stamp_of_another_form_does_not_do(client, add_form, fill):
    other = client.get(add_form(title="Autre").url).context["stamp"]

    fill(add_form(), message="Bonjour", stamp=other)

    assert not FormAnswer.objects.exists()


def test_a_page_left_open_for_days_still_sends_the_second_time(client, add_form, fill, clock):
    page = add_form()

    response = fill(page, seconds=3 * 24 * 3600, message="Bonjour")
    assert not FormAnswer.objects.exists()

    clock.shift(timedelta(seconds=5))
    client.post(page.url, {STAMP: response.context["stamp"], "message": "Bonjour"})
    assert FormAnswer.objects.count() == 1


def test_the_same_page_sent_twice_is_one_answer(client, add_form, clock):
    page = add_form()
    stamp = client.get(page.url).context["stamp"]
    clock.shift(timedelta(seconds=5))

    for _ in range(2):
        response = client.post(page.url, {STAMP: stamp, "message": "Bonjour"})
        assert response.status_code == 302

    assert FormAnswer.objects.count() == 1


def test_many_answers_from_one_address_wait_an_hour(add_form, fill, clock):
    page = add_form()
    for _ in range(ANSWERS_AN_HOUR):
        assert fill(page, message="Encore").status_code == 302

    response = fill(page, message="Encore une")
    assert "Beaucoup de réponses sont venues de votre connexion" in words_of(response)
    assert "Encore une" in words_of(response)

    clock.shift(timedelta(hours=1, minutes=1))
    assert fill(page, message="Encore").status_code == 302


def test_an_address_that_the_browser_made_up_counts_for_nothing(client, add_form, fill, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    page = add_form()
    for number in range(ANSWERS_AN_HOUR):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}, 192.0.2.7"
        assert fill(page, message="Encore").status_code == 302

    client.defaults["HTTP_X_FORWARDED_FOR"] = "10.0.1.1, 192.0.2.7"
    assert fill(page, message="Encore").status_code == 200
    client.defaults["HTTP_X_FORWARDED_FOR"] = "10.0.1.1, 192.0.2.8"
    assert fill(page, message="Bonjour").status_code == 302


# -- The end of a form -----------------------------------------------------------------------


def test_a_form_closes_after_its_last_day(client, add_form, fill, clock):
    page = add_form(closes_on=TODAY)
    assert fill(page, message="Bonjour").status_code == 302
    stamp = client.get(page.url).context["stamp"]

    clock.shift(timedelta(days=1))

    assert "Ce formulaire a fermé le 12 mars 2026." in words_of(client.get(page.url))
    response = client.post(page.url, {STAMP: stamp, "message": "Trop tard"})
    assert "Ce formulaire a fermé entre-temps." in words_of(response)
    assert "Trop tard" in words_of(response)
    assert FormAnswer.objects.count() == 1


def test_a_form_closes_when_its_places_are_taken(client, add_form, fill):
    page = add_form(places=2)
    assert "2 places restantes." in words_of(client.get(page.url))
    fill(page, message="Un")
    stamp = client.get(page.url).context["stamp"]
    fill(page, message="Deux")

    assert "Toutes les places sont prises." in words_of(client.get(page.url))
    response = client.post(page.url, {STAMP: stamp, "message": "Trois"})
    assert "La dernière place a été prise entre-temps." in words_of(response)
    assert "Trois" in words_of(response)
    assert FormAnswer.objects.count() == 2


def test_the_operation_refuses_by_itself(add_form):
    page = add_form(closes_on=TODAY - timedelta(days=1))
    with pytest.raises(FormClosed):
        record_answer(page=page, data={}, ticket="1", at=NOW)
    FormPage.objects.filter(pk=page.pk).update(closes_on=None, places=1)
    record_answer(page=page, data={}, ticket="2", at=NOW)
    with pytest.raises(FormFull):
        record_answer(page=page, data={}, ticket="3", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_people_who_send_at_the_same_moment_do_not_share_a_place(add_form):
    page = add_form(places=3)
    together, outcomes = Barrier(8), []

    def send(number: int) -> None:
        together.wait()
        while True:
            try:
                record_answer(page=page, data={}, ticket=str(number), at=NOW)
                outcomes.append("in")
                break
            except FormFull:
                outcomes.append("full")
                break
            except OperationalError:
                # The tests' SQLite, in memory, refuses where a file would wait.
                connection.close()
        connection.close()

    threads = [Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["full"] * 5 + ["in"] * 3
    assert FormAnswer.objects.count() == 3


# -- What becomes of answers -----------------------------------------------------------------


def test_answers_are_erased_on_the_day_that_was_said(add_form, fill):
    page = add_form(keep_days=10)
    fill(page, message="Bonjour")

    assert erase_old_answers(on=TODAY + timedelta(days=9)) == 0
    assert erase_old_answers(on=TODAY + timedelta(days=10)) == 1
    assert not FormAnswer.objects.exists()


def test_the_page_says_what_answers_are_for_and_for_how_long(client, add_form):
    page = add_form(purpose="Préparer le repas.", keep_days=60)

    text = words_of(client.get(page.url))

    assert "Préparer le repas." in text
    assert "Elles sont effacées 60 jours après votre envoi." in text


def test_those_who_asked_are_written_to(add_form, fill, django_capture_on_commit_callbacks):
    page = add_form(recipients="claire@example.org\nelodie@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        fill(page, message="C'est <b>moi</b>")

    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "claire@example.org",
        "elodie@example.org",
    ]
    letter = mail.outbox[0]
    assert letter.subject.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Nouvelle réponse à « Nous écrire »"
    )
    assert "C'est <b>moi</b>" in letter.body
    assert "&lt;b&gt;moi" in letter.alternatives[0][0]
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2


def test_an_address_that_is_none_is_refused(add_form):
    page = add_form()
    page.recipients = "claire@example.org\npas une adresse"

    with pytest.raises(ValidationError) as error:
        page.full_clean()

    assert "recipients" in error.value.message_dict


def test_a_form_of_the_members_is_theirs(client, add_form, reserve, denis):
    page = add_form()
    reserve(page)

    assert client.get(page.url).status_code == 302
    assert client.post(page.url, {"message": "Bonjour"}).status_code == 302
    assert "Nous écrire" not in words_of(client.get("/formulaires/"))
    client.force_login(denis)
    assert "Nous écrire" in words_of(client.get("/formulaires/"))
    assert not FormAnswer.objects.exists()
