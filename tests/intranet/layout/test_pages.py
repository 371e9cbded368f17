"""The pages that nobody asks for: accounts, errors, what comes back."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from bs4 import BeautifulSoup
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from tests.letters import send_letters

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\b(sign|password|email address|your|please|the|code has)\b", re.IGNORECASE)


def visible_text(html: bytes | str) -> str:
    page = BeautifulSoup(html, "html.parser")
    for hidden in page(["script", "style"]):
        hidden.decompose()
    return page.get_text(" ")


def assert_in_french(response) -> None:
    page = BeautifulSoup(response.content, "html.parser")
    assert len(page.find_all("h1")) == 1
    assert page.html["lang"] == "fr"
    assert ENGLISH.findall(visible_text(response.content)) == []


@pytest.mark.parametrize(
    "path",
    ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/",
     "password/reset/key/1-xyz/", "password/reset/key/done/", "confirm-email/",
     "confirm-email/rien/"],
)  # fmt: skip
def test_the_doors_are_in_french(client, path):
    assert_in_french(client.get(f"/compte/{path}"))


@pytest.fixture
def at_home(client, aminata):
    """Aminata, who has just proved who she is."""
    EmailAddress.objects.create(user=aminata, email=aminata.email, verified=True, primary=True)
    client.post("/compte/login/", {"login": aminata.email, "password": "un-long-mot-de-passe"})
    client.post("/compte/reauthenticate/", {"password": "un-long-mot-de-passe"})
    return client


@pytest.mark.parametrize(
    "path",
    ["email/", "password/change/", "logout/", "reauthenticate/", "2fa/", "2fa/totp/activate/"],
)
def test_the_rooms_of_an_account_are_in_french(at_home, path):
    assert_in_french(at_home.get(f"/compte/{path}"))


@pytest.mark.parametrize(
    "path", ["2fa/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"]
)
def test_the_second_proof_is_in_french(at_home, aminata, path):
    TOTP.activate(aminata, generate_totp_secret())
    RecoveryCodes.activate(aminata)

    assert_in_french(at_home.get(f"/compte/{path}"))


def test_the_second_proof_is_asked_for_in_french(client, aminata):
    TOTP.activate(aminata, generate_totp_secret())

    response = client.post(
        "/compte/login/", {"login": aminata.email, "password": "un-long-mot-de-passe"}, follow=True
    )

    assert response.redirect_chain[-1][0] == "/compte/2fa/authenticate/"
    assert_in_french(response)


def test_a_forgotten_password_is_chosen_again_by_mail(client, aminata):
    client.post("/compte/password/reset/", {"email": aminata.email})
    send_letters(at=timezone.now())

    letter = mail.outbox[0]
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    assert_in_french(form)
    done = client.post(
        form.redirect_chain[-1][0],
        {"password1": "encore-un-long-mot-de-passe", "password2": "encore-un-long-mot-de-passe"},
        follow=True,
    )

    assert letter.subject == "Choisir un autre mot de passe"
    assert ENGLISH.findall(letter.body.replace(link, "")) == []
    assert link in letter.alternatives[0].content
    assert_in_french(done)
    assert client.login(email=aminata.email, password="encore-un-long-mot-de-passe")


def test_a_changed_password_is_told_by_mail(at_home):
    at_home.post(
        "/compte/password/change/",
        {
            "oldpassword": "un-long-mot-de-passe",
            "password1": "encore-un-long-mot-de-passe",
            "password2": "encore-un-long-mot-de-passe",
        },
    )

    send_letters(at=timezone.now())
    letter = mail.outbox[-1]

    assert letter.subject == "Votre mot de passe a changé"
    assert "prévenez l'animation du réseau" in letter.body


def test_an_address_that_leads_nowhere_says_so(client):
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert_in_french(response)


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_what_broke_is_told_without_request_nor_database(template, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string(template)

    assert ENGLISH.findall(visible_text(html)) == []
    assert "<h1>" in html


def test_a_refused_page_proposes_to_log_in_and_come_back(rf):
    from django.contrib.auth.models import AnonymousUser
    from django.views.defaults import permission_denied

    request = rf.get("/campagnes/2026/?page=2")
    request.user = AnonymousUser()

    response = permission_denied(request, PermissionError())

    assert response.status_code == 403
    assert b"/compte/login/?next=/campagnes/2026/%3Fpage%3D2" in response.content


def test_too_many_attempts_are_told_in_french(rf):
    from allauth.core.internal.ratelimit import handler429
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/compte/login/")
    request.user = AnonymousUser()

    response = handler429(request)

    assert response.status_code == 429
    assert_in_french(response)


def test_an_untrusted_form_comes_back_with_all_that_was_typed(aminata):
    client = Client(enforce_csrf_checks=True)
    typed = {"q1": ["oui", "non"], "q2": "deux\nlignes « & » <b>"}

    response = client.post("/compte/login/?next=/charte/", typed)

    page = BeautifulSoup(response.content, "html.parser")
    form = page.select_one("main form")
    fields = [(field["name"], field["value"]) for field in form.find_all("input")]
    assert response.status_code == 403
    assert form["action"] == "/compte/login/?next=/charte/"
    assert [field for field in fields if field[0] != "csrfmiddlewaretoken"] == [
        ("q1", "oui"),
        ("q1", "non"),
        ("q2", "deux\nlignes « & » <b>"),
    ]
    assert dict(fields)["csrfmiddlewaretoken"]
    assert_in_french(response)


def test_the_editor_wears_the_colours_of_the_house(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("chef@example.org"))

    page = BeautifulSoup(client.get("/admin/").content, "html.parser")

    assert page.title.get_text(strip=True).endswith("Maillage")
    assert page.select_one('link[href$="intranet/css/editor.css"]')
    assert page.select_one('link[rel="icon"][href$="intranet/img/favicon.svg"]')
    assert "mark-light.svg" in str(page.select_one("[data-wagtail-sidebar-branding-logo]"))
