import pytest
from django.core import mail

from intranet.notifications.operations import send_letter


@pytest.fixture(autouse=True)
def letter(settings, tmp_path):
    (tmp_path / "letter.txt").write_text(
        "{{ who }} : {{ base_url }}{% url 'account_login' %}", encoding="utf-8"
    )
    (tmp_path / "letter.html").write_text("<p>{{ who }}</p>", encoding="utf-8")
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
    settings.BASE_URL = "https://maillage.example"


def send(**fields):
    send_letter(
        to="aminata@example.org",
        **{"subject": "Bonjour", "template": "letter", "context": {"who": "L'<Envol>"}, **fields},
    )
    return mail.outbox[-1]


def test_a_letter_is_written_as_text_and_as_html():
    message = send()

    assert message.body == "L'<Envol> : https://maillage.example/compte/login/\n"
    [alternative] = message.alternatives
    assert alternative.content == "<p>L&#x27;&lt;Envol&gt;</p>"
    assert alternative.mimetype == "text/html"


def test_a_line_break_in_a_subject_begins_no_header():
    message = send(subject="Bonjour\r\nBcc: tout-le-monde@example.org")

    assert message.subject == "Bonjour Bcc: tout-le-monde@example.org"
    assert message.recipients() == ["aminata@example.org"]


def test_the_same_letter_has_the_same_message_id():
    first, second = send(message_id="invitation-1"), send(message_id="invitation-1")

    assert first.message()["Message-ID"] == "<invitation-1@maillage.example>"
    assert second.message()["Message-ID"] == first.message()["Message-ID"]


def test_a_letter_says_that_a_machine_sent_it():
    message = send().message()

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Maillage <letters.maillage.example>"
    assert "List-Unsubscribe" not in message
