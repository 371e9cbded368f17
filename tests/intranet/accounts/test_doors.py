"""One way in: every address that could let somebody in leads to the login page, or nowhere."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth import views as django_views
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone
from wagtail import views as wagtail_views
from wagtail.admin.views import account as wagtail_account
from wagtail.documents.views import serve as wagtail_documents

from intranet.notifications.models import Letter, Reason
from tests.letters import send_letters

pytestmark = pytest.mark.django_db

PASSWORD = "un-long-mot-de-passe"
DOORS = (
    django_views.LoginView,
    django_views.LogoutView,
    django_views.PasswordChangeView,
    django_views.PasswordResetView,
    django_views.PasswordResetConfirmView,
    django_views.PasswordResetDoneView,
    django_views.PasswordResetCompleteView,
)
SHARED_PASSWORDS = (
    wagtail_views.authenticate_with_password,
    wagtail_documents.authenticate_with_password,
)
SPEAKS_OF_ACCOUNTS = re.compile(
    r"login|logout|password|passwd|reset|authenticat|signin|signup|register|token"
)
SAMPLES = {"int": "1", "uuid": "6f1c2c1e-0000-4000-8000-000000000000", "slug": "mot", "str": "mot"}


def patterns(resolver=None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def address(route: str) -> str:
    """An address that a route answers: its parameters replaced by samples."""
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "mot"), route)
    route = re.sub(r"\(\?P<\w+>(\((?:[^()]|\([^()]*\))*\)|[^()])*\)", "1-mot", route)
    return re.sub(r"[\^$\\]", "", route)


def test_no_view_of_django_or_wagtail_that_lets_people_in_can_be_reached():
    doors = [
        (route, entry)
        for route, entry in patterns()
        if issubclass(getattr(entry.callback, "view_class", object), DOORS)
        or getattr(entry.callback, "__wrapped__", entry.callback) in SHARED_PASSWORDS
        or getattr(entry.callback, "view_class", None) is wagtail_account.LoginView
    ]

    reached = [
        route
        for route, entry in doors
        if resolve(address(route)).func is entry.callback
        and not entry.callback.__module__.startswith(("allauth", "intranet"))
    ]

    # Wagtail's two logins, its logout, its four steps of a reset, its two shared passwords.
    assert len(doors) >= 8
    assert reached == []


def test_no_address_of_the_whole_site_takes_a_name_and_a_password_but_the_login_page(
    client, claire
):
    tried = {address(route) for route, _ in patterns() if SPEAKS_OF_ACCOUNTS.search(route)}
    credentials = {
        "username": claire.email,
        "email": claire.email,
        "login": claire.email,
        "password": PASSWORD,
    }
    entered = set()
    for path in sorted(tried):
        client.post(path, credentials)
        if SESSION_KEY in client.session:
            entered.add(path)
        client.logout()

    assert len(tried) > 15
    assert entered == {reverse("account_login")}


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailcore_login"])
def test_wagtails_login_leads_to_ours_and_remembers_where_one_was_going(client, name):
    response = client.get(reverse(name), {"next": "/admin/images/?q=fête"})

    assert response.status_code == 302
    assert response.url == "/compte/login/?next=/admin/images/%3Fq%3Df%C3%AAte"


def test_wagtails_login_forgets_an_address_of_another_site(client):
    response = client.get(reverse("wagtailadmin_login"), {"next": "https://ailleurs.example/"})

    assert response.url == "/compte/login/?next=/admin/"


def test_logging_in_leads_where_one_was_going_else_home(client, claire):
    credentials = {"login": claire.email, "password": PASSWORD}

    assert client.post("/compte/login/?next=/admin/images/", credentials).url == "/admin/images/"
    client.logout()
    assert client.post("/compte/login/", credentials).url == "/"


def test_the_editor_asks_to_log_in_by_the_one_way(client):
    response = client.get("/admin/pages/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/compte/login/?next=/admin/pages/")


def test_who_may_not_enter_the_editor_is_refused_without_going_round_in_circles(client, aminata):
    client.force_login(aminata)

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403


def test_who_is_already_in_the_editor_goes_back_there(client, claire):
    client.force_login(claire)

    assert client.get("/admin/login/?next=/admin/images/").url == "/admin/images/"
    assert client.get("/admin/login/").url == "/admin/"


@pytest.mark.parametrize(
    "path",
    [
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/complete/",
        "/admin/password_reset/confirm/MQ/set-password/",
    ],
)
def test_wagtails_reset_leads_to_ours(client, path):
    assert client.get(path).url == reverse("account_reset_password")
    assert client.post(path, {"email": "aminata@example.org"}).status_code == 405


@pytest.mark.parametrize("path", ["/admin/logout/", "/compte/logout/"])
def test_logging_out_takes_a_button_not_a_link(client, claire, path):
    client.force_login(claire)

    assert client.get(path).status_code == 200
    assert SESSION_KEY in client.session

    assert client.post(path).url == "/"
    assert SESSION_KEY not in client.session


def test_nobody_signs_up_alone(client, django_user_model):
    response = client.post(
        "/compte/signup/",
        {"email": "moi@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert response.status_code == 200
    assert not django_user_model.objects.filter(email="moi@example.org").exists()


def test_a_second_factor_cannot_be_walked_around(client, claire):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(claire, generate_totp_secret())
    credentials = {"login": claire.email, "username": claire.email, "password": PASSWORD}

    for path in ("/compte/login/", "/admin/login/", "/_util/login/"):
        client.post(path, credentials)
        assert SESSION_KEY not in client.session, path


def test_trying_passwords_is_stopped(client, claire):
    wrong = {"login": claire.email, "password": "pas-le-bon-mot-de-passe"}
    for _ in range(5):
        client.post("/compte/login/", wrong)

    client.post("/compte/login/", {"login": claire.email, "password": PASSWORD})

    assert SESSION_KEY not in client.session


def test_asking_for_letters_is_stopped(client, claire):
    statuses = [
        client.post("/compte/password/reset/", {"email": claire.email}).status_code
        for _ in range(8)
    ]

    assert Letter.objects.filter(to=claire.email).count() == 5
    assert statuses[-1] == 429


def test_a_reset_says_the_same_of_an_unknown_address(client, claire):
    known = client.post("/compte/password/reset/", {"email": claire.email})
    unknown = client.post("/compte/password/reset/", {"email": "personne@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in Letter.objects.all()] == [claire.email]


def test_a_mail_server_that_is_away_is_nobodys_trouble_at_the_door(
    client, claire, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/compte/password/reset/", {"email": claire.email}, follow=True)

    assert response.status_code == 200
    letter = Letter.objects.get()
    assert (letter.state, letter.reason) == (Letter.State.WAITING, Reason.SERVER_AWAY)


def test_a_link_to_choose_a_password_is_kept_no_longer_than_it_takes_to_send_it(
    client, claire, mailoutbox, django_capture_on_commit_callbacks
):
    client.post("/compte/password/reset/", {"email": claire.email})
    assert "/compte/password/reset/key/" in Letter.objects.get().text

    send_letters(at=timezone.now())

    letter = Letter.objects.get()
    assert "/compte/password/reset/key/" in mailoutbox[0].body
    assert (letter.text, letter.html, letter.state) == ("", "", Letter.State.SENT)
