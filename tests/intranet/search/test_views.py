"""The page of the search, and the commands: whatever is typed, an answer."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from intranet.management.reporting import Refused
from intranet.search.models import Synonyms
from intranet.search.operations import rebuild, refresh
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from tests.hostile import HOSTILE, encoded
from tests.intranet.search.conftest import paragraph, publish
from tests.seeding import kept_for_a_while

pytestmark = pytest.mark.django_db

ODD = [
    *HOSTILE.values(),
    'a" OR "b',
    "NEAR(a b)",
    "a AND",
    "words : a",
    "a* ^b -c +d",
    "a & | ! <-> b",
    "'; DROP TABLE intranet_searchentry; --",
    '« » “ ” " " "',
    "😀 😀",
    "حي السلام",
    "·e·s ·· (e) -s-",
    "% _ \\",
    "mot " * 3000,
]


@pytest.fixture(scope="module")
def planted_potagers(django_db_setup, django_db_blocker):
    """Made once for all the tests of the module, and undone after the last."""
    with kept_for_a_while(django_db_blocker):
        lay_site()
        index = InformationIndexPage.objects.get()
        for number in range(1, 24):
            body = [paragraph("Des <b>tomates</b> & des « radis » <i>roses</i>.")]
            publish(index, InformationPage(title=f"Potager {number} & Cie", body=body))
        rebuild()
        yield


@pytest.fixture
def potagers(planted_potagers, db) -> None:
    """Twenty-three pages of one word."""


def test_whatever_is_typed_there_is_a_page(client, potagers):
    for typed in ODD:
        for more in ("", "&type=page&page=2", "&type=x&page=x", "&exact=1"):
            response = client.get(f"/recherche/?q={encoded(typed)}{more}")

            assert response.status_code == 200, typed


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    typed=st.text(max_size=60)
    | st.lists(st.sampled_from(['"', "potager", "·", "(e)", "'", "AND", "\x00", "é", "*", " "]))
    .map("".join)
)  # fmt: skip
def test_no_text_is_an_error(client, potagers, typed):
    assert client.get("/recherche/", {"q": typed.encode("utf-8", "replace")}).status_code == 200


def test_the_results_are_counted_and_given_ten_at_a_time(client, potagers):
    first = client.get("/recherche/", {"q": "potagers"})
    last = client.get("/recherche/", {"q": "potagers", "page": "3"})

    assert "23 résultats" in first.content.decode()
    assert len(first.context["results"]) == 10
    assert len(last.context["results"]) == 3
    titles = [
        result.title
        for number in (1, 2, 3)
        for result in client.get("/recherche/", {"q": "potagers", "page": number}).context[
            "results"
        ]
    ]
    assert len(set(titles)) == 23


def test_what_people_wrote_is_shown_as_text(client, potagers):
    page = client.get("/recherche/", {"q": "<script>radis</script>"}).content.decode()

    assert "<script>radis" not in page
    assert "Potager 1 &amp; Cie" in page
    assert "<mark>radis</mark>" in page
    assert "tomates & des" not in page


def test_search_engines_are_kept_away(client, potagers):
    response = client.get("/recherche/", {"q": "potager"})

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "private" in response["Cache-Control"]
    assert "/recherche/" in client.get("/robots.txt").content.decode()


def test_an_empty_search_says_what_can_be_found(client, potagers):
    page = client.get("/recherche/").content.decode()

    assert "ce que disent les documents" in page


def test_nothing_found_says_what_to_try(client, potagers):
    page = client.get("/recherche/", {"q": "xylophones"}).content.decode()

    assert "Rien n'a été trouvé" in page
    assert "Essayez un autre mot" in page
    assert "Se connecter" in page


def test_a_correction_is_said_and_can_be_refused(client, potagers):
    page = client.get("/recherche/", {"q": "potagre"}).content.decode()

    assert "potager" in page
    assert "?q=potagre&amp;exact=1" in page
    assert client.get("/recherche/?q=potagre&exact=1").context["results"] == []


def test_results_of_one_kind(client, potagers):
    response = client.get("/recherche/", {"q": "potager", "type": "page"})

    assert {result.kind for result in response.context["results"]} == {"page"}


def test_the_header_of_every_page_searches(client, potagers):
    page = client.get("/").content.decode()

    assert page.count('action="/recherche/"') == 2
    assert page.count('role="search"') == 2


# -- Commands ------------------------------------------------------------------------------------


def said(*arguments: str) -> dict:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_the_command_finds_what_the_page_finds(potagers):
    found = said("search", "potager 3")["results"]

    assert found[0] == {
        "type": "page",
        "title": "Potager 3 & Cie",
        "url": "/informations/potager-3-cie/",
    }


def test_the_command_searches_as_somebody(potagers, aminata, association):
    refresh(source="associations", keys=[str(association.pk)])

    assert said("search", "tisserands")["results"] == []
    assert said("search", "tisserands", "--as", "AMINATA@example.org")["results"] == [
        {
            "type": "directory",
            "title": "Les Tisserands",
            "url": "/annuaire/associations/les-tisserands/",
        }
    ]


def test_the_command_refuses_somebody_who_has_no_account(potagers):
    with pytest.raises(Refused):
        said("search", "potager", "--as", "personne@example.org")


def test_everything_can_be_read_again(potagers):
    report = said("rebuild_search")

    assert report["entries"] == sum(report["sources"].values())
    assert report["sources"]["pages"] == Page.objects.live().filter(depth__gt=1).count() > 20


# -- Synonyms ------------------------------------------------------------------------------------


def test_an_editor_writes_synonyms(client, elodie, potagers):
    from django.contrib.auth.models import Group

    from intranet.accounts.operations import grant_role_permissions

    grant_role_permissions()
    assert Group.objects.filter(user=elodie).exists()
    client.force_login(elodie)

    response = client.post("/admin/synonyms/new/", {"expressions": "jardin\npotager"})

    assert response.status_code == 302
    assert len(client.get("/recherche/", {"q": "jardins"}).context["results"]) == 10
    assert "jardin = potager" in client.get("/admin/synonyms/?q=jardin").content.decode()


def test_one_expression_alone_is_no_synonym(client, elodie):
    from intranet.accounts.operations import grant_role_permissions

    grant_role_permissions()
    client.force_login(elodie)
    before = Synonyms.objects.count()

    page = client.post("/admin/synonyms/new/", {"expressions": "jardin"}).content.decode()

    assert "au moins deux mots" in page
    assert Synonyms.objects.count() == before


def test_contributors_do_not_write_synonyms(client, benoit):
    client.force_login(benoit)

    assert client.get("/admin/synonyms/").status_code in {302, 403}


def test_a_new_installation_has_synonyms(db):
    lines = {line for row in Synonyms.objects.all() for line in row.lines}

    assert {"AAP", "appel à projets", "QPV", "CA", "conseil d'administration"} <= lines
