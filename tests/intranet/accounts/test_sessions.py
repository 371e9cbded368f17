"""The browsers in which somebody is logged in, and logging them out."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intranet.accounts.queries import browser_of, system_of
from intranet.accounts.sessions import forget_ended_sessions
from tests.intranet.accounts.test_two_factors import log_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/139.0 Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def noted(settings):
    settings.SESSION_SEEN_EVERY = timedelta(minutes=10)


@pytest.fixture
def laptop(aminata) -> Client:
    client = Client(headers={"user-agent": FIREFOX})
    log_in(client, aminata)
    return client


@pytest.fixture
def phone(aminata) -> Client:
    client = Client(headers={"user-agent": PHONE})
    log_in(client, aminata)
    return client


def test_each_browser_is_named_in_plain_words_this_one_first(laptop, phone):
    page = laptop.get("/compte/sessions/").content.decode()

    assert page.index("Firefox sur Linux") < page.index("Chrome sur Android")
    assert page.count("ce navigateur<") == 1


def test_one_is_logged_out(laptop, phone, aminata):
    other = UserSession.objects.get(user=aminata, user_agent=PHONE)

    page = laptop.post(f"/compte/sessions/{other.pk}/", follow=True).content.decode()

    assert "Ce navigateur est déconnecté." in page
    assert "Chrome sur Android" not in page
    assert phone.get("/mon-espace/").status_code == 302
    assert laptop.get("/mon-espace/").status_code == 200


def test_all_the_others_are_logged_out_those_nobody_noted_too(laptop, phone, aminata, client):
    client.force_login(aminata)

    page = laptop.post("/compte/sessions/autres/", follow=True).content.decode()

    assert "2 autres navigateurs sont déconnectés." in page
    assert [one.get("/mon-espace/").status_code for one in (phone, client)] == [302, 302]
    assert laptop.get("/mon-espace/").status_code == 200


def test_nobody_logs_somebody_else_out(laptop, denis, client):
    theirs = UserSession.objects.get()
    client.force_login(denis)

    client.post(f"/compte/sessions/{theirs.pk}/")

    assert laptop.get("/mon-espace/").status_code == 200
    assert "Firefox" not in client.get("/compte/sessions/").content.decode()


def test_a_session_is_noted_now_and_then_not_at_every_page(laptop, time_machine, aminata):
    laptop.get("/compte/")
    with CaptureQueriesContext(connection) as asked:
        laptop.get("/compte/")
    assert not any("usersessions" in one["sql"] and "SELECT" not in one["sql"] for one in asked)
    before = UserSession.objects.get().last_seen_at

    time_machine.move_to(before + timedelta(minutes=11), tick=False)
    laptop.get("/compte/")

    assert UserSession.objects.get().last_seen_at == before + timedelta(minutes=11)


def test_the_list_asks_as_much_for_three_as_for_one(laptop, aminata):
    laptop.get("/compte/sessions/")
    with CaptureQueriesContext(connection) as one:
        laptop.get("/compte/sessions/")
    for _number in range(2):
        log_in(Client(headers={"user-agent": PHONE}), aminata)
    with CaptureQueriesContext(connection) as three:
        page = laptop.get("/compte/sessions/").content.decode()

    assert page.count("Chrome sur Android") == 2
    assert len(one) == len(three)


def test_what_is_over_is_forgotten(laptop, phone):
    UserSession.objects.filter(user_agent=PHONE).get()._session_store().delete(
        UserSession.objects.get(user_agent=PHONE).session_key
    )

    forget_ended_sessions()

    assert [one.user_agent for one in UserSession.objects.all()] == [FIREFOX]


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (PHONE, ("Chrome", "Android")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/139.0 Safari/537.36 Edg/139.0", ("Edge", "Windows")),
        ("curl/8", ("", "")),
    ],
)
def test_the_words_for_a_browser(agent, named):
    assert (browser_of(agent), system_of(agent)) == named
