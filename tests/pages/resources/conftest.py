"""A library, and the files that pages carry."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from intranet.network.models import Theme, WorkingGroup
from intranet.network.operations import save_working_group
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.resources.models import ResourceIndexPage, ResourcePage

CANARY = b"%PDF-1.4 canari-52c1-prive"


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def library(home) -> ResourceIndexPage:
    return home.add_child(instance=ResourceIndexPage(title="Ressources", slug="ressources"))


@pytest.fixture
def health(db) -> Theme:
    return Theme.objects.create(name="Santé", slug="sante")


@pytest.fixture
def group(aminata) -> WorkingGroup:
    return save_working_group(working_group=WorkingGroup(name="Santé"), members=[aminata])


@pytest.fixture
def add_document(db):
    def add(title: str = "Compte rendu", **fields):
        file = ContentFile(CANARY, name="compte-rendu.pdf")
        return get_document_model().objects.create(title=title, file=file, **fields)

    return add


@pytest.fixture
def add_resource(library):
    """Publish a resource; its number makes its title and its day."""

    def add(number: int, *, circle=Circle.PUBLIC, group=None, themes=(), territories=(), **fields):
        fields.setdefault("kind", "link")
        if fields["kind"] == "link":
            fields.setdefault("link", "https://exemple.invalid/")
        page = ResourcePage(
            title=f"Ressource {number}", date=date(2026, 3, number), live=False, **fields
        )
        library.add_child(instance=page)
        page.themes.set(themes)
        page.territories.set(territories)
        page.save()
        give_circle(page=page, circle=circle, group=group)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return add
