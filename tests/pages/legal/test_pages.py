"""Legal pages: laid once, true, and loud until they are complete."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from pages.home.operations import lay_site
from pages.information.models import InformationPage
from pages.legal.models import LegalIdentity, LegalPage
from tests.reading import words_of

pytestmark = pytest.mark.django_db

ADDRESSES = ["/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/cookies/"]


@pytest.fixture
def laid():
    return lay_site()


def complete() -> None:
    identity = LegalIdentity.load()
    for field in LegalIdentity._meta.fields:
        if not field.primary_key:
            setattr(identity, field.name, "a@exemple.invalid" if "email" in field.name else "Dit")
    identity.save()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_there_and_in_the_footer(client, laid, address):
    assert client.get(address).status_code == 200
    assert f'href="{address}"' in client.get("/").content.decode()


def test_a_second_run_overwrites_nothing(laid):
    page = LegalPage.objects.get(kind="cookies")
    page.title = "Nos cookies"
    page.save_revision().publish()
    before = list(Page.objects.values("pk", "title", "latest_revision"))

    lay_site()

    assert list(Page.objects.values("pk", "title", "latest_revision")) == before


def test_a_page_that_editors_wrote_at_the_same_address_stays_the_only_one(home):
    theirs = InformationPage(title="Mentions", slug="mentions-legales")
    home.add_child(instance=theirs)

    lay_site()

    assert not LegalPage.objects.filter(kind="notice").exists()
    assert Page.objects.filter(slug="mentions-legales").count() == 1
    assert LegalPage.objects.count() == 3


def test_the_command_adds_what_an_older_site_lacks(laid):
    LegalPage.objects.get(kind="cookies").delete()

    added = StringIO()
    call_command("lay_site", "--json", stdout=added, stderr=StringIO())
    again = StringIO()
    call_command("lay_site", "--json", stdout=again, stderr=StringIO())

    assert json.loads(added.getvalue()) == {"added": ["cookies"]}
    assert json.loads(again.getvalue()) == {"added": []}


def test_a_page_says_what_it_lacks_until_somebody_says_it(client, laid):
    text = words_of(client.get("/mentions-legales/"))
    assert "Cette page n'est pas encore complète." in text
    assert "directrice ou directeur de la publication" in text
    assert "Compléter l'identité du site" not in text

    complete()

    text = words_of(client.get("/mentions-legales/"))
    assert "pas encore complète" not in text
    assert text.count("Dit") >= 5


def test_editors_are_told_on_their_first_screen_until_it_is_complete(client, laid, elodie, claire):
    client.force_login(elodie)
    home = reverse("wagtailadmin_home")
    identity = reverse("wagtailsettings:edit", args=["pages", "legalidentity"])
    assert "Les pages légales ne sont pas complètes" in words_of(client.get(home))
    assert client.get(identity, follow=True).status_code == 200

    complete()

    assert "Les pages légales" not in words_of(client.get(home))
    client.force_login(claire)
    assert client.get(identity).status_code == 302


def test_what_is_optional_is_not_missed(client, laid):
    complete()
    LegalIdentity.objects.update(registration="", contact_phone="")

    assert "pas encore complète" not in words_of(client.get("/mentions-legales/"))


def test_accessibility_is_not_said_to_be_audited(client, laid):
    assert "Accessibilité : non audité" in words_of(client.get("/accessibilite/"))


def test_the_cookies_that_are_set_are_the_ones_that_are_named(client, laid, aminata, settings):
    named = words_of(client.get("/cookies/"))
    client.get("/compte/login/")
    client.post(
        "/compte/login/", {"login": "aminata@example.org", "password": "un-long-mot-de-passe"}
    )

    assert settings.SESSION_COOKIE_NAME in client.cookies
    assert settings.CSRF_COOKIE_NAME in client.cookies
    for name in client.cookies:
        assert name in named
