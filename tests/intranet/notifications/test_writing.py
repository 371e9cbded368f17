import pytest
from django.core import mail

from intranet.notifications.models import Letter
from tests.intranet.notifications.conftest import queue
from tests.letters import send_letters
from tests.people import NOW

pytestmark = pytest.mark.django_db


def never_mind(letter):
    return False


def somebody_else(letter):
    return {"who": "La Passerelle", "headers": {"X-Reason": "fresh"}}


def as_it_was(letter):
    return True


def fails(letter):
    raise RuntimeError


HERE = __name__


def sent(**fields):
    queue(**fields)
    send_letters(at=NOW)
    return mail.outbox[-1]


def test_a_letter_is_written_as_text_and_as_html():
    message = sent()

    assert message.body == "L'<Envol> : https://maillage.example/compte/login/\n"
    [alternative] = message.alternatives
    assert alternative.content == "<p>L&#x27;&lt;Envol&gt;</p>"
    assert alternative.mimetype == "text/html"


def test_a_line_break_in_a_subject_begins_no_header():
    message = sent(subject="Bonjour\r\nBcc: tout-le-monde@example.org")

    assert message.subject == "Bonjour Bcc: tout-le-monde@example.org"
    assert message.recipients() == ["aminata@example.org"]


def test_a_letter_says_that_a_machine_sent_it():
    message = sent().message()

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Maillage <letters.maillage.example>"
    assert "List-Unsubscribe" not in message
    assert message["Message-ID"] == f"<{Letter.objects.get().pk.hex}@maillage.example>"


def test_what_is_no_longer_needed_does_not_leave():
    queue(check=f"{HERE}.never_mind")

    send_letters(at=NOW)

    assert mail.outbox == []
    assert Letter.objects.get().state == Letter.State.NOT_NEEDED


def test_a_check_may_give_the_words_and_headers_of_the_moment():
    message = sent(check=f"{HERE}.somebody_else")

    assert message.body.startswith("La Passerelle")
    assert message.message()["X-Reason"] == "fresh"


def test_a_check_may_leave_the_letter_as_it_is():
    assert sent(check=f"{HERE}.as_it_was").body.startswith("L'<Envol>")


def test_who_has_no_account_any_more_receives_no_letter(aminata):
    queue(person=aminata)
    aminata.is_active = False
    aminata.save()

    send_letters(at=NOW)

    assert mail.outbox == []
    assert Letter.objects.get().state == Letter.State.NOT_NEEDED


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(caplog):
    queue(1, check=f"{HERE}.fails")
    queue(2)

    send_letters(at=NOW)

    assert len(mail.outbox) == 1
    broken = Letter.objects.get(occasion="1")
    assert (broken.state, broken.reason) == (Letter.State.WAITING, "unwritable")
