import json
from io import StringIO

import pytest
from django.core.management import call_command

from intranet.management.reporting import Refused
from intranet.notifications.bounces import NotAReport, read_report
from intranet.notifications.models import Letter, SilentAddress
from tests.letters import send_letters
from tests.people import NOW

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: bonjour@maillage.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Thu, 12 Mar 2026 18:30:00 +0000

Final-Recipient: rfc822; aminata@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <aminata@example.org>: User unknown

--b
Content-Type: {original}

Return-Path: <bonjour@maillage.example>
Message-ID: {message_id}
Subject: Bonjour

--b--
"""


def report(message_id: str, *, action="failed", status="5.1.1", original="message/rfc822") -> str:
    return REPORT.format(message_id=message_id, action=action, status=status, original=original)


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_its_letter_and_its_reason(original):
    bounce = read_report(report("<abc@maillage.example>", original=original).encode())

    assert bounce.message_id == "<abc@maillage.example>"
    assert (bounce.status, bounce.reason) == ("5.1.1", "no-such-address")
    assert bounce.answer == "550 5.1.1 <aminata@example.org>: User unknown"
    assert bounce.blames_the_address


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Subject: Bonjour\n\nMerci !"])
def test_what_is_no_report_is_refused(raw):
    with pytest.raises(NotAReport):
        read_report(raw)


def record(tmp_path, text: str) -> dict:
    path = tmp_path / "report.eml"
    path.write_text(text, encoding="utf-8")
    printed = StringIO()
    call_command("record_bounce", str(path), "--json", stdout=printed, stderr=StringIO())
    return json.loads(printed.getvalue())


def test_a_letter_that_came_back_marks_its_address(letter, tmp_path):
    send_letters(at=NOW)

    told = record(tmp_path, report(letter.message_id))

    letter.refresh_from_db()
    assert told["marked"] is True
    assert (letter.state, letter.reason) == (Letter.State.REFUSED, "no-such-address")
    assert SilentAddress.objects.get().address == "aminata@example.org"


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [
        ("delayed", "4.4.1", Letter.State.SENT),
        ("delivered", "2.0.0", Letter.State.SENT),
        ("failed", "5.2.2", Letter.State.REFUSED),
        ("failed", "4.4.7", Letter.State.REFUSED),
    ],
)
def test_what_says_nothing_of_the_address_does_not_mark_it(letter, tmp_path, action, status, state):
    send_letters(at=NOW)

    record(tmp_path, report(letter.message_id, action=action, status=status))

    letter.refresh_from_db()
    assert letter.state == state
    assert not SilentAddress.objects.exists()


@pytest.mark.parametrize("name", ["<x@maillage.example>", f"<{'0' * 32}@maillage.example>"])
def test_a_report_about_a_letter_that_is_not_ours_is_refused(db, tmp_path, name):
    with pytest.raises(Refused, match="pas l'un des nôtres"):
        record(tmp_path, report(name))
