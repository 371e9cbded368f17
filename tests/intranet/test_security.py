"""What a browser is told, what a page loads, and what a hostile request does."""

import re
import socket

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_CSRF_TOKEN_MISSING
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, Site

from intranet.accounts.models import User
from intranet.security import csrf_failure, features_policy
from tests.hostile import HOSTILE, encoded

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/compte/login/",
    "/compte/password/reset/",
    "/compte/signup/",
    "/compte/password/reset/key/1-mot/",
    "/mon-espace/",
    "/campagnes/",
    "/enquete/rien/",
    "/rien/",
    "/admin/",
    "/admin/login/",
    "/_util/login/",
    "/documents/1/rien.pdf",
    "/media/images/rien.png",
]


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("admin@example.org", "un-long-mot-de-passe")


def policy_of(response: HttpResponse) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split(";")
    return {part.split()[0]: " ".join(part.split()[1:]) for part in directives if part.strip()}


# -- Headers -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/compte/login/", "/rien/", "/media/rien.png"])
def test_the_site_runs_nothing_that_is_written_in_a_page(client, path):
    policy = policy_of(client.get(path))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["form-action"] == policy["base-uri"] == policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in str(policy)


def test_only_the_editor_may_run_what_is_written_in_its_pages(client, administrator):
    client.force_login(administrator)

    policy = policy_of(client.get("/admin/"))

    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["object-src"] == "'none'"
    assert "unsafe-eval" not in str(policy)


def test_a_preview_may_show_what_the_editor_adds_to_it(client, administrator):
    client.force_login(administrator)
    page = Site.objects.get(is_default_site=True).root_page

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "'unsafe-inline'" in policy_of(response)["style-src"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/", "/compte/login/", "/admin/login/", "/rien/"])
def test_every_answer_carries_the_other_guards(client, path):
    response = client.get(path)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


def test_a_page_may_allow_one_feature_to_its_own_scripts():
    allowed = features_policy("geolocation").split(", ")

    assert "geolocation=(self)" in allowed
    assert sum(one.endswith("=()") for one in allowed) == len(allowed) - 1


def test_no_page_of_the_site_carries_an_inline_script_or_style(client):
    for path in ("/", "/compte/login/", "/compte/password/reset/", "/rien/"):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert page.select("script:not([src]), style, [style], [onclick], [onload]") == [], path


# -- Other hosts -------------------------------------------------------------------------

LOADS = {"src", "href", "action", "formaction", "data", "poster", "srcset", "content"}


def other_hosts(html: str, links: bool) -> set[str]:
    """The hosts that a page loads things from or, if asked, merely leads to."""
    found = set()
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name == "a" and not links:
            continue
        for name, value in tag.attrs.items():
            if name in LOADS and isinstance(value, str):
                found |= set(re.findall(r"(?:https?:)?//([\w.-]+)", value))
    return found - {"localhost", "testserver"}


@pytest.fixture
def no_way_out(monkeypatch):
    """Nothing may be asked of another machine."""
    asked = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            asked.append(address)
            raise OSError("no way out")
        return connect(self, address)

    def guarded_resolve(host, *args, **kwargs):
        if host not in {None, "127.0.0.1", "::1", "localhost"}:
            asked.append(host)
            raise OSError("no way out")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)
    return asked


def test_nothing_is_asked_of_another_host_nor_named(client, administrator, no_way_out):
    client.force_login(administrator)
    page = Site.objects.get(is_default_site=True).root_page
    paths = [
        "/",
        "/compte/password/change/",
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_explore", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:edit", args=[administrator.pk]),
    ]

    # Wagtail's editor has links to its manual; nothing is loaded from there.
    named = {
        path: other_hosts(client.get(path).content.decode(), links=not path.startswith("/admin/"))
        for path in paths
    }

    assert {path: hosts for path, hosts in named.items() if hosts} == {}
    assert no_way_out == []


def test_wagtails_search_of_the_site_has_no_address(client):
    assert client.get("/search/", {"query": "a"}).status_code == 404


def test_an_embed_of_another_host_is_not_fetched(no_way_out):
    from wagtail.embeds.embeds import get_embed
    from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=SJXMTtvCxRo")

    assert no_way_out == []


# -- Hostile requests --------------------------------------------------------------------


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_query_is_never_an_error(client, what):
    value = encoded(HOSTILE[what])
    names = ("q", "page", "next", "p", "id", "lang", "format", "ordering")
    query = "&".join(f"{name}={value[:20_000]}" for name in names)

    for path in PUBLIC:
        response = client.generic("GET", path, QUERY_STRING=query)
        assert response.status_code < 500, path


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_address_is_never_an_error(client, what):
    value = encoded(HOSTILE[what])[:20_000]
    before = ("", "compte/password/reset/key/", "documents/", "documents/1/", "media/", "enquete/",
              "campagnes/", "media/images/", "admin/pages/", "_util/")  # fmt: skip

    for start in before:
        for end in ("", "/"):
            response = client.get(f"/{start}{value}{end}")
            assert response.status_code < 500, start


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_form_is_never_an_error(client, what):
    value = encoded(HOSTILE[what])
    names = ("login", "email", "password", "password1", "next", "answer", "csrfmiddlewaretoken")
    body = "&".join(f"{name}={value}" for name in names) + f"&{value[:200]}=1"

    for path in PUBLIC:
        response = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code < 500, path


@pytest.mark.parametrize(
    "cookie",
    ['"\\000\\000\\000\\000\\000\\000\\000\\000\\000"', "x" * 5_000, "'", "\x00" * 10, "é"],
)
def test_a_hostile_cookie_is_never_an_error(cookie, settings):
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        for path in ("/", "/compte/login/", "/admin/"):
            response = Client().get(path, headers={"cookie": f"{name}={cookie}"})
            assert response.status_code < 500, (name, path)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n"),
        ("multipart/form-data; boundary=\xff", b"--x"),
        ("application/json", b'{"a": "\\ud800\\u0000"}'),
        ("application/x-www-form-urlencoded; charset=nowhere", b"a=1"),
        ("application/x-www-form-urlencoded", b"a=1&" * 30_000),
    ],
)
def test_a_hostile_body_is_never_an_error(client, kind, body):
    for path in ("/compte/login/", "/", "/rien/"):
        response = client.generic("POST", path, body, content_type=kind)
        assert response.status_code < 500, path


@pytest.mark.parametrize("host", ["ailleurs.example", "a b", "\x00", "é"])
def test_a_hostile_host_is_refused_with_a_page(client, host):
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400


def test_what_cannot_be_written_is_taken_out_of_what_was_typed(client, claire):
    response = client.post(
        "/compte/login/", {"login": f"{claire.email}\x00", "password": "un-long-mot-de-passe"}
    )

    assert response.status_code == 302


def test_an_enormous_request_is_refused_before_it_is_read(client, settings):
    settings.REQUEST_MAX_SIZE = 1_000

    response = client.post("/compte/login/", {"login": "x" * 2_000})

    assert response.status_code == 413
    assert "L'envoi est trop lourd" in response.content.decode().replace("&#x27;", "'")


# -- A form that cannot be trusted -------------------------------------------------------


def test_a_form_without_its_token_gives_back_what_was_typed_but_never_a_password():
    request = RequestFactory().post(
        "/enquete/besoins/",
        {"besoin": "Un jardin", "password": "secret", "csrfmiddlewaretoken": "x"},
    )

    page = csrf_failure(request, REASON_CSRF_TOKEN_MISSING)

    assert page.status_code == 403
    assert "Un jardin" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_a_form_that_another_site_sent_is_not_offered_again():
    request = RequestFactory().post("/enquete/besoins/", {"besoin": "Un piège"})

    page = csrf_failure(request, REASON_BAD_ORIGIN % "https://ailleurs.example")

    assert page.status_code == 403
    assert "Un piège" not in page.content.decode()


def test_a_page_leads_to_its_editor_for_who_may_change_it(rf, elodie, aminata):
    from django.contrib.auth.models import AnonymousUser

    from intranet.templatetags.editing import edit_link

    page = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
    shown = {}
    for name, user in (("elodie", elodie), ("aminata", aminata), ("nobody", AnonymousUser())):
        request = rf.get("/")
        request.user = user
        shown[name] = edit_link({"request": request, "page": page})

    assert f'href="/admin/pages/{page.pk}/edit/"' in shown["elodie"]
    assert "Modifier cette page" in shown["elodie"]
    assert shown["aminata"] == shown["nobody"] == ""
