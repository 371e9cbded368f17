"""A list of news, groups of people, and what a member types."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intranet.network.models import Theme, WorkingGroup
from intranet.network.operations import save_working_group
from pages.news.models import NewsPage, NewsSettings
from tests.sent_files import photograph


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def typed(news_index):
    """What a member types in the form, and what is to be typed instead."""

    def fields(**instead):
        return {
            "title": "Le jardin ouvre samedi",
            "text": "Venez nombreux.\n\nOn garde les enfants.",
            "audience": "members",
            **instead,
        }

    return fields


@pytest.fixture
def photo():
    return SimpleUploadedFile("IMG_2041.jpg", photograph(), content_type="image/jpeg")


@pytest.fixture
def theme(db) -> Theme:
    return Theme.objects.create(name="Santé", slug="sante")


@pytest.fixture
def working_group(benoit) -> WorkingGroup:
    return save_working_group(working_group=WorkingGroup(name="Groupe jeunesse"), members=[benoit])


@pytest.fixture
def read_first(news_index) -> NewsSettings:
    """The network wants to read its members' news before it is published."""
    settings = NewsSettings.load()
    settings.members_news_are_read_first = True
    settings.save()
    return settings


@pytest.fixture
def tell(client, typed):
    """Somebody writes from the site, looks and publishes; the item."""

    def write(person, **fields) -> NewsPage:
        client.force_login(person)
        response = client.post("/actualites/ecrire/", typed(confirmed="1", **fields))
        assert response.status_code == 302, response.content.decode()
        return NewsPage.objects.order_by("-pk")[0]

    return write
