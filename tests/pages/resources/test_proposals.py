"""A member hands something over from the site."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from intranet.files.closing import waiting_collection
from pages.resources.models import ResourcePage
from tests.reading import words_of

pytestmark = pytest.mark.django_db

ADDRESS = "/proposer-une-ressource/"


@pytest.fixture
def proposing(client, library, aminata):
    client.force_login(aminata)
    return client


def pdf(content: bytes = b"%PDF-1.7 canari-9d", name: str = "bilan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form(**fields) -> dict:
    return {"title": "Bilan", "kind": "document", "circle": "members", **fields}


def test_a_document_is_published_for_the_members(proposing, aminata, health, territory):
    sent = form(file=pdf(), themes=[health.pk], territories=[territory.pk], summary="Utile.")

    response = proposing.post(ADDRESS, sent, follow=True)

    page = ResourcePage.objects.get()
    assert "Elle est dans la bibliothèque." in words_of(response)
    assert (page.title, page.live, page.owner) == ("Bilan", True, aminata)
    assert [theme.name for theme in page.themes.all()] == ["Santé"]
    assert [one.code for one in page.territories.all()] == ["QN07501M"]
    assert proposing.get(page.document.url).status_code == 200
    proposing.logout()
    assert proposing.get(page.url).status_code == 302
    assert proposing.get(page.document.url).status_code == 302


def test_a_link_for_everybody(proposing):
    proposing.post(ADDRESS, form(kind="link", link="https://exemple.invalid/", circle="public"))

    proposing.logout()
    assert "https://exemple.invalid/" in proposing.get("/ressources/bilan/").content.decode()


def test_a_document_for_a_working_group(proposing, group, denis):
    proposing.post(ADDRESS, form(file=pdf(), circle="group", group=group.pk))

    page = ResourcePage.objects.get()
    proposing.force_login(denis)
    assert proposing.get(page.url).status_code in {302, 403}
    assert proposing.get(page.document.url).status_code == 403


def test_a_person_is_offered_their_own_groups_alone(proposing, group, denis):
    assert 'value="group"' in proposing.get(ADDRESS).content.decode()
    proposing.force_login(denis)
    assert 'value="group"' not in proposing.get(ADDRESS).content.decode()
    response = proposing.post(ADDRESS, form(file=pdf(), circle="group", group=group.pk))
    assert response.status_code == 200
    assert not ResourcePage.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choisissez le fichier de ce document."),
        ({"kind": "link"}, "Donnez l'adresse de ce lien."),
        ({"file": pdf(b"<html>", "page.pdf")}, "n'est pas ce que dit son nom"),
        ({"file": pdf(b"MZ", "jeu.exe")}, "n'est pas acceptée ici"),
        ({"kind": "link", "link": "javascript:alert(1)"}, "URL"),
        ({"title": "", "file": pdf()}, "Choisissez de nouveau votre fichier"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(proposing, fields, sentence):
    response = proposing.post(ADDRESS, form(summary="Mes mots", **fields))

    assert response.status_code == 200
    assert sentence in words_of(response)
    assert "Mes mots" in words_of(response)
    assert not ResourcePage.objects.exists()


def test_a_file_that_is_too_heavy_is_refused(proposing, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10

    response = proposing.post(ADDRESS, form(file=pdf()))

    assert "trop lourd" in words_of(response)


def test_only_members_propose(client, library, farid):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(farid)
    assert client.get(ADDRESS).status_code == 403
    assert "Proposer une ressource" not in client.get("/ressources/").content.decode()


def test_a_proposal_waits_where_pages_are_moderated(proposing, library, settings, claire):
    settings.WAGTAIL_WORKFLOW_ENABLED = True
    moderate(library)

    response = proposing.post(ADDRESS, form(file=pdf(), circle="public"), follow=True)

    page = ResourcePage.objects.get()
    assert "Une personne du réseau la relit" in words_of(response)
    assert not page.live
    assert page.document.collection == waiting_collection()
    assert proposing.get(page.document.url).status_code == 403
    proposing.force_login(claire)
    assert proposing.get(page.document.url).status_code == 200
    # Read and published, it is where its page is.
    page.get_latest_revision().publish()
    proposing.logout()
    page.document.refresh_from_db()
    assert proposing.get(page.document.url).status_code == 200


def moderate(library) -> None:
    workflow = Workflow.objects.create(name="Relecture", active=True)
    task = GroupApprovalTask.objects.create(name="Relire", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=library, defaults={"workflow": workflow})


def test_animators_are_led_to_the_library(client, library, claire):
    client.force_login(claire)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Ajouter une ressource" in page
