"""Who enters the editor logs in with two proofs, whichever way they come."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from intranet.accounts.models import User
from intranet.accounts.permissions import must_have_second_factor
from intranet.notifications.models import Letter
from tests.intranet.accounts.test_two_factors import PASSWORD, code_for, log_in
from tests.letters import send_letters
from tests.people import NOW
from tests.test_house import named_urls

pytestmark = pytest.mark.django_db

PROOF = "/compte/deux-preuves/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def secret_of_claire(claire) -> str:
    secret = generate_totp_secret()
    TOTP.activate(claire, secret)
    return secret


def set_up(client) -> str:
    """Adds an app from the page that asks for it; the secret."""
    asked = client.get("/compte/2fa/totp/activate/", follow=True)
    if asked.redirect_chain:
        asked = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = asked.context["form"].secret
    client.post("/compte/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


def test_who_must_have_one(db, aminata, benoit, claire, elodie, farid):
    admin = User.objects.create_superuser("admin@example.org", PASSWORD)

    people = (aminata, benoit, claire, elodie, farid, admin)

    must = [one for one in people if must_have_second_factor(one)]

    assert must == [claire, elodie, admin]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/users/",
        "/admin/reports/site-history/",
        "/admin/login/",
        "/_util/login/",
        "/compte/login/",
    ],
)
def test_the_editor_is_closed_to_a_password_alone(client, claire, address):
    log_in(client, claire)

    response = client.get(address, follow=True)

    assert response.redirect_chain[-1][0].startswith(PROOF)
    assert "Une preuve de plus" in response.content.decode()


def test_every_address_of_the_editor_is_closed_to_a_password_alone(client, claire):
    log_in(client, claire)
    wagtails = [url for url in named_urls() if url.callback.__module__.startswith("wagtail.")]
    plain = [str(url.pattern) for url in wagtails]
    editor = [f"/admin/{path}" for path in plain if not re.search(r"[<(^\\]", path)]

    assert len(editor) > 30
    # What draws the login page too, and the way out.
    open_to_all = {"/admin/logout/", "/admin/sprite/", "/admin/jsi18n/"}
    for address in set(editor) - open_to_all:
        answer = client.get(address)
        # Named from the root of the editor or from one of its rooms: closed, or not there.
        assert answer.status_code in {302, 404}, address
        assert answer.status_code == 404 or re.match(r"/admin/login/|/compte/", answer.url)


def test_the_password_leads_to_the_page_that_asks_with_the_way_back(client, claire):
    response = client.post(
        "/compte/login/?next=/admin/pages/", {"login": claire.email, "password": PASSWORD}
    )

    assert response.url == f"{PROOF}?next=%2Fadmin%2Fpages%2F"
    shown = client.get(response.url).content.decode()
    assert "Avec une application sur mon téléphone" in shown
    assert "Avec une clé d" in shown


def test_what_members_read_is_closed_too_and_what_is_public_is_read_as_nobody(client, claire):
    log_in(client, claire)

    assert client.get("/mon-espace/", follow=True).redirect_chain[-1][0].startswith(PROOF)
    page = client.get("/recherche/")
    assert page.status_code == 200
    assert page.wsgi_request.user.is_anonymous


@pytest.mark.django_db(transaction=True)
def test_set_up_at_the_first_login_it_opens_the_editor(client, claire):
    log_in(client, claire)
    client.get(f"{PROOF}?next=/admin/pages/")
    set_up(client)

    codes = client.get("/compte/2fa/recovery-codes/").content.decode()
    assert "Je les ai gardés" in codes
    assert client.get(PROOF).url == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_superuser_of_the_command_line_sets_it_up_at_first_login(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", email="racine@example.org", verbosity=0)
    log_in(client, User.objects.get(email="racine@example.org"))
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(PROOF)

    set_up(client)

    assert client.get("/admin/").status_code == 200


def test_a_session_older_than_the_factor_is_closed_until_it_is_shown(
    client, claire, secret_of_claire
):
    client.force_login(claire)

    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(PROOF)
    # Nor does the password take the factor away, or add another one.
    for address in (
        "/compte/2fa/",
        "/compte/2fa/totp/deactivate/",
        "/compte/2fa/totp/activate/",
        "/compte/2fa/webauthn/add/",
        "/compte/2fa/recovery-codes/",
        "/compte/reauthenticate/",
        "/compte/email/",
        "/compte/password/change/",
        "/compte/fermer/",
    ):
        assert client.post(address, {"password": PASSWORD}).url.startswith(PROOF), address
    assert Authenticator.objects.filter(user=claire, type="totp").exists()

    client.post("/compte/2fa/reauthenticate/", {"code": code_for(secret_of_claire)})
    assert client.get("/admin/").status_code == 200


def test_a_new_password_by_letter_does_not_open_the_editor(
    client, claire, secret_of_claire, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/compte/password/reset/", {"email": claire.email})
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "encore-plus-long-9", "password2": "encore-plus-long-9"})

    answer = client.post(
        "/compte/login/", {"login": claire.email, "password": "encore-plus-long-9"}
    )

    assert answer.url.startswith("/compte/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302


def test_a_recovery_code_stands_in_for_what_was_lost_once(client, claire, secret_of_claire):
    code = RecoveryCodes.activate(claire).get_unused_codes()[0]
    log_in(client, claire)
    client.post("/compte/2fa/authenticate/", {"code": code})
    assert client.get("/admin/").status_code == 200
    client.logout()

    log_in(client, claire)
    client.post("/compte/2fa/authenticate/", {"code": code})

    assert client.get("/admin/").status_code == 302


def test_taking_the_last_factor_away_closes_the_editor_again(client, claire, secret_of_claire):
    log_in(client, claire)
    client.post("/compte/2fa/authenticate/", {"code": code_for(secret_of_claire)})
    assert client.get("/admin/").status_code == 200

    Authenticator.objects.filter(user=claire).delete()

    assert client.get("/admin/").status_code == 302


def test_a_password_does_not_stand_in_for_the_factor_of_a_member(client, aminata):
    TOTP.activate(aminata, generate_totp_secret())
    client.force_login(aminata)

    response = client.post("/compte/reauthenticate/", {"password": PASSWORD})

    assert response.url.startswith("/compte/2fa/reauthenticate/")
    assert client.get("/compte/2fa/totp/deactivate/").status_code == 302


def test_a_member_logs_in_with_a_password(client, aminata):
    log_in(client, aminata)

    assert client.get("/mon-espace/").status_code == 200


def test_the_setting_lets_a_demo_do_without(client, claire, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    log_in(client, claire)

    assert client.get("/admin/").status_code == 200


# -- Lost ------------------------------------------------------------------------------------


@pytest.fixture
def admin_in(client):
    admin = User.objects.create_superuser("admin@example.org", PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(admin, secret)
    log_in(client, admin)
    client.post("/compte/2fa/authenticate/", {"code": code_for(secret)})
    return client


def test_an_administrator_resets_a_lost_factor_and_a_letter_says_so(
    admin_in, claire, secret_of_claire
):
    address = reverse("wagtailusers_users:reset_second_factor", args=[claire.pk])
    edit = admin_in.get(reverse("wagtailusers_users:edit", args=[claire.pk])).content.decode()
    assert address in edit
    assert "appelez-la" in admin_in.get(address).content.decode()
    assert Authenticator.objects.filter(user=claire).exists()

    admin_in.post(address)

    assert not Authenticator.objects.filter(user=claire).exists()
    entry = ModelLogEntry.objects.get(action="intranet.second_factor_reset")
    assert (entry.object_id, entry.user.email) == (str(claire.pk), "admin@example.org")
    assert Letter.objects.filter(kind="second-factor-reset", to=claire.email).exists()


def test_the_letter_can_be_read(claire):
    call_command("reset_second_factor", claire.email, verbosity=0)

    send_letters(at=NOW.replace(year=2100))

    assert "réinitialisé la seconde preuve" in mail.outbox[0].body
    assert "Changez de mot de passe" in str(mail.outbox[0].alternatives)


def test_nobody_else_resets_a_factor(client, claire, elodie, settings, secret_of_claire):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(elodie)

    client.post(reverse("wagtailusers_users:reset_second_factor", args=[claire.pk]))

    assert Authenticator.objects.filter(user=claire).exists()
