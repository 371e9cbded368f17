"""The demo's command waits for a site that is slow to begin."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from surveys.management.commands import show_demo

pytestmark = pytest.mark.django_db


class SlowToBegin(BaseHTTPRequestHandler):
    """Says nothing the first time, hangs up the second, then answers."""

    attempts = 0

    def do_GET(self) -> None:
        type(self).attempts += 1
        if self.attempts == 1:
            time.sleep(0.6)
        elif self.attempts > 2:
            self.send_response(200)
            self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def slow_site(settings, monkeypatch) -> Iterator[type[SlowToBegin]]:
    monkeypatch.setattr(show_demo, "TIME_TO_ANSWER", 0.3)
    monkeypatch.setattr(show_demo, "PAUSE", 0)
    monkeypatch.setattr(SlowToBegin, "attempts", 0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowToBegin)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
    yield SlowToBegin
    server.shutdown()
    server.server_close()


def test_a_site_that_is_slow_to_begin_is_waited_for(slow_site, capsys):
    call_command("show_demo", "--wait")

    assert slow_site.attempts >= 3
    assert "animation@maillage.example" in capsys.readouterr().out


def test_a_site_that_never_answers_is_told(settings, monkeypatch):
    monkeypatch.setattr(show_demo, "PATIENCE", 2)
    monkeypatch.setattr(show_demo, "PAUSE", 0)
    settings.BASE_URL = "http://127.0.0.1:9"

    with pytest.raises((CommandError, SystemExit)):
        call_command("show_demo", "--wait")
