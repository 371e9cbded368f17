"""The page that shows who may do what."""

import pytest
from bs4 import BeautifulSoup

from intranet.rights.table import OBJECTS, ROLES, TABLE

pytestmark = pytest.mark.django_db


def page(client, person, address: str = "/qui-peut-quoi/") -> BeautifulSoup:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_whole_table_is_shown_row_by_row(client, benoit):
    shown = page(client, benoit, "/qui-peut-quoi/?vue=tout")

    rows = shown.select("main tbody tr")
    assert len(rows) == len(TABLE)
    assert {len(row.select("td")) for row in rows} == {len(ROLES)}
    assert len(shown.select("main table")) == len(OBJECTS)


def test_scopes_are_said_in_words(client, benoit):
    shown = page(client, benoit, "/qui-peut-quoi/?vue=tout")

    [row] = [one for one in shown.select("tbody tr") if one.th.text == "Signer, confirmer, retirer"]
    assert [cell.text for cell in row.select("td")] == [
        "non", "non", "non", "non", "son association", "non", "non", "non", "non",
    ]  # fmt: skip


def test_a_contributor_reads_what_they_may_do(client, benoit):
    shown = page(client, benoit)

    said = {one.dt.text: one.dd.text for one in shown.select("main dl > div")}
    assert said["Écrire une actualité depuis le site"] == "oui"
    assert said["Prendre connaissance au nom d'une association"] == "pour votre association"
    assert "Signer, confirmer, retirer" not in said
    assert "Contributeur·rice" in shown.main.text


def test_ones_own_column_is_marked_in_words(client, claire):
    shown = page(client, claire, "/qui-peut-quoi/?vue=tout")

    marked = {one.text.split(" (")[0] for one in shown.select("thead th") if "(vous)" in one.text}
    assert marked == {"Animation du réseau"}


def test_every_frame_that_scrolls_is_reached_by_keyboard(client, benoit):
    frames = page(client, benoit, "/qui-peut-quoi/?vue=tout").select(".table-scroll")

    assert {(frame["tabindex"], frame["role"]) for frame in frames} == {("0", "region")}
    assert all(frame["aria-labelledby"] for frame in frames)


def test_members_find_it_in_the_footer(client, benoit, farid):
    assert page(client, benoit, "/mon-espace/").select_one('footer a[href="/qui-peut-quoi/"]')
    client.force_login(farid)

    assert 'href="/qui-peut-quoi/"' not in client.get("/recherche/").content.decode()
    assert client.get("/qui-peut-quoi/").status_code == 403


def test_nobody_is_asked_to_log_in(client):
    assert client.get("/qui-peut-quoi/").headers["Location"].startswith("/compte/login/")
