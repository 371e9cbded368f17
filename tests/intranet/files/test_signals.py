"""What an editor uploads is nobody's to read until a page carries it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from intranet.files.closing import waiting_collection
from tests.sent_files import pdf, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def uploaded(client, elodie):
    """An image and a document, sent through the editor's own screens by Élodie."""

    def upload(collection: Collection):
        client.force_login(elodie)
        for kind, name, content in (
            ("wagtailimages", "fete.jpg", photograph()),
            ("wagtaildocs", "bilan.pdf", pdf()),
        ):
            sent = {"title": name, "file": SimpleUploadedFile(name, content)}
            sent |= {"collection": collection.pk, "tags": "", "credit": ""}
            response = client.post(reverse(f"{kind}:add"), sent)
            assert response.status_code == 302, response.context["form"].errors
        return get_image_model().objects.get(), get_document_model().objects.get()

    return upload


def statuses(client, image, document) -> list[int]:
    addresses = [image.file.url, image.get_rendition("width-20").url, document.url]
    return [client.get(address).status_code for address in addresses]


def test_an_uploaded_file_is_read_by_those_who_publish_alone(
    client, uploaded, claire, denis, farid
):
    files = uploaded(Collection.get_first_root_node())

    assert [file.collection for file in files] == [waiting_collection()] * 2
    assert statuses(client, *files) == [200, 200, 200]
    client.force_login(claire)
    assert statuses(client, *files) == [200, 200, 200]
    for person in (denis, farid):
        client.force_login(person)
        assert statuses(client, *files) == [404, 404, 403]
    client.logout()
    assert statuses(client, *files) == [404, 404, 302]


def test_no_cache_keeps_an_image_that_waits(client, uploaded):
    image, _document = uploaded(Collection.get_first_root_node())

    assert client.get(image.file.url)["Cache-Control"] == "private, no-store"


def test_a_collection_that_was_chosen_is_kept(client, uploaded):
    logos = Collection.get_first_root_node().add_child(name="Logos")

    assert [file.collection for file in uploaded(logos)] == [logos] * 2


def test_an_editor_gives_a_file_to_everybody_by_moving_it(client, uploaded):
    root = Collection.get_first_root_node()
    image, document = uploaded(root)
    for file in (image, document):
        file.collection = root
        file.save()

    client.logout()
    assert statuses(client, image, document) == [200, 200, 200]


def test_who_sent_an_image_sees_it(client, benoit, denis):
    image = get_image_model().objects.create(
        title="Fête", file=get_test_image_file(), uploaded_by_user=benoit
    )
    client.force_login(denis)
    assert client.get(image.file.url).status_code == 404
    client.force_login(benoit)
    assert client.get(image.file.url).status_code == 200


def test_several_images_sent_at_once_wait_too(client, elodie):
    client.force_login(elodie)
    sent = {
        "title": "Fête",
        "files[]": SimpleUploadedFile("fete.jpg", photograph(), "image/jpeg"),
        "collection": Collection.get_first_root_node().pk,
    }
    client.post(reverse("wagtailimages:add_multiple"), sent)

    assert get_image_model().objects.get().collection == waiting_collection()
