"""The editor's screens: what the next version changes, and a charter brought from a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Revision

from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.models import ArticlePage, CharterVersion, Commitment
from pages.charter.structure import read_charter
from pages.home.operations import lay_site
from tests.pages.charter.word_files import word_file
from tests.people import NOW

pytestmark = pytest.mark.django_db

VERSIONS = "/admin/charte/versions/"
IMPORT = "/admin/charte/importer/"


@pytest.fixture
def charter(charter_file):
    charter = read_charter(read_markdown(charter_file.read_text(encoding="utf-8")))
    import_charter(charter=charter, home=lay_site(), at=NOW)


@pytest.fixture
def editing(client, elodie, charter):
    client.force_login(elodie)
    return client


def upload(client, content: bytes, name: str):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def changed(rewritten, *replacements) -> bytes:
    return rewritten(*replacements).read_bytes()


def test_nothing_is_proposed_where_nothing_changed(editing):
    text = editing.get(VERSIONS).text

    assert "Rien ne change depuis la version 1." in text
    assert "Publier comme version" not in text


def test_from_a_file_to_the_next_version(editing, rewritten, elodie):
    new = changed(
        rewritten,
        ("En refusant les passe-droits", "En refusant toujours les passe-droits"),
        ("reçues.", "reçues.\n- En publiant nos comptes"),
    )
    page = upload(editing, word_file(read_markdown(new.decode()), styled=False), "charte.docx")

    # What would change is shown; nothing is written.
    assert page.status_code == 200
    assert "[ajouté\u00a0: </span>toujours " in page.text
    assert "En publiant nos comptes" in page.text
    revisions = Revision.objects.count()

    page = editing.post(IMPORT, {"read": page.context["read"]}, follow=True)

    assert Revision.objects.count() == revisions + 1
    assert "1 brouillon est proposé." in page.text
    assert CharterVersion.objects.count() == 1

    # The drafts are read once more, then published in one go.
    assert "Publier comme version 2" in page.text
    assert "[ajouté\u00a0: </span>toujours " in page.text
    typed = {"reason": "Toujours.", "seen": page.context["seen"]}
    page = editing.post(VERSIONS, typed, follow=True)

    assert "La version 2 de la charte est publiée." in page.text
    version = CharterVersion.objects.get(number=2)
    assert (version.reason, version.published_by) == ("Toujours.", elodie)
    row = Commitment.objects.get(anchor="en-refusant-les-passe-droits")
    assert row.text == "En refusant toujours les passe-droits"
    assert not ArticlePage.objects.filter(has_unpublished_changes=True).exists()


def test_a_file_that_says_the_same_changes_nothing(editing, charter_file):
    page = upload(editing, charter_file.read_bytes(), "charte.md")

    assert "il n'y a rien à changer" in page.text
    assert "Proposer ces changements" not in page.text


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"PK\x03\x04", "charte.docx", "est abîmé"),
        (b"<html><body>1</body></html>", "charte.docx", "est une page web"),
        (b"# Tarte\n\nDeux pommes.", "tarte.md", "aucun article"),
        (b"", "vide.md", "est vide"),
        (b"a" * 300_000, "longue.md", "trop volumineux"),
    ],
)
def test_a_file_that_is_no_charter_is_refused_with_a_sentence(editing, content, name, reason):
    page = upload(editing, content, name)

    assert page.status_code == 422
    assert reason in page.text


def test_what_is_confirmed_is_what_was_shown(editing):
    page = editing.post(IMPORT, {"read": "autre-chose"}, follow=True)

    assert "choisissez le fichier à nouveau" in page.text or "trop ancienne" in page.text
    assert not ArticlePage.objects.filter(has_unpublished_changes=True).exists()


def test_a_reason_is_asked_and_what_was_typed_is_kept(editing, rewritten):
    new = changed(rewritten, ("En refusant les passe-droits", "En refusant tout passe-droit"))
    page = upload(editing, new, "charte.md")
    seen = editing.post(IMPORT, {"read": page.context["read"]}, follow=True).context["seen"]

    page = editing.post(VERSIONS, {"reason": " ", "seen": seen})
    assert page.status_code == 422
    assert "Dites ce qui change dans cette version, et pourquoi." in page.text

    page = editing.post(VERSIONS, {"reason": "Plus court.", "seen": "un-autre-texte"})
    assert page.status_code == 422
    assert "Le texte a changé pendant que vous lisiez" in page.text
    assert "Plus court." in page.text
    assert CharterVersion.objects.count() == 1


def test_a_draft_that_cannot_be_published_says_which(editing):
    draft = ArticlePage.objects.get(number=4).get_latest_revision_as_object()
    draft.number = 1
    draft.save_revision(clean=False)
    seen = editing.get(VERSIONS).context["seen"]

    page = editing.post(VERSIONS, {"reason": "Essai.", "seen": seen})

    assert page.status_code == 422
    assert "TENIR DANS LE TEMPS" in page.text
    assert "Un autre article" in page.text


def test_pressed_twice_the_button_publishes_once(editing):
    draft = ArticlePage.objects.get(number=1).get_latest_revision_as_object()
    draft.title = "SE PARLER"
    draft.save_revision()
    typed = {"reason": "Plus court.", "seen": editing.get(VERSIONS).context["seen"]}
    editing.post(VERSIONS, typed)

    page = editing.post(VERSIONS, typed, follow=True)

    assert "Rien ne change" in page.text
    assert CharterVersion.objects.count() == 2


@pytest.mark.parametrize("who", ["claire", "aminata"])
def test_the_others_publish_no_version(client, charter, who, request):
    client.force_login(request.getfixturevalue(who))

    for address in (VERSIONS, IMPORT):
        for answer in (client.get(address), client.post(address, {"reason": "x", "read": "x"})):
            assert answer.status_code in {302, 403}
    assert CharterVersion.objects.count() == 1
    assert "Versions de la charte" not in client.get(reverse("wagtailadmin_home")).text


def test_the_editors_first_screen_leads_there(editing):
    assert VERSIONS in editing.get(reverse("wagtailadmin_home")).text
