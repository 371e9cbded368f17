"""No byte of a private image or document leaves without right."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db

CANARY = b"canari-7f3a-prive"
Image = get_image_model()
Document = get_document_model()


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def collection() -> Collection:
    return Collection.get_first_root_node().add_child(name="Bureau")


@pytest.fixture
def members_only(collection) -> Collection:
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection


@pytest.fixture
def group_only(collection) -> Collection:
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Groupe jeunesse"))
    return collection


def png() -> ImageFile:
    described = PngInfo()
    described.add_text("Comment", CANARY.decode())
    data = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(data, "PNG", pnginfo=described)
    return ImageFile(BytesIO(data.getvalue()), name="photo.png")


def image_in(collection: Collection):
    return Image.objects.create(title="Photo", file=png(), collection=collection)


def document_in(collection: Collection):
    return Document.objects.create(
        title="Compte rendu", file=ContentFile(CANARY, "compte-rendu.txt"), collection=collection
    )


def routes_to(collection: Collection) -> list[str]:
    """Every address under which the collection's files could be asked for."""
    image, document = image_in(collection), document_in(collection)
    rendition = image.get_rendition("width-20")
    return [
        image.file.url,
        rendition.url,
        f"/media/{document.file.name}",
        document.url,
        f"/media/images/../{image.file.name}",
        f"/media/./{image.file.name}",
        f"/media//{image.file.name}",
    ]


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def leaks(client, routes: list[str]) -> list[str]:
    found = []
    for route in routes:
        response = client.get(route, follow=True)
        data = body(response)
        if CANARY in data or data.startswith(b"\x89PNG"):
            found.append(route)
    return found


def test_a_stranger_gets_nothing_of_the_members_circle(client, members_only):
    assert leaks(client, routes_to(members_only)) == []


def test_a_public_partner_gets_nothing_of_the_members_circle(client, members_only, farid):
    client.force_login(farid)

    assert leaks(client, routes_to(members_only)) == []


def test_a_member_outside_a_group_gets_nothing_of_it(client, group_only, denis):
    client.force_login(denis)

    assert leaks(client, routes_to(group_only)) == []


def test_a_deactivated_member_gets_nothing(client, members_only, denis):
    client.force_login(denis)
    denis.is_active = False
    denis.save()

    assert leaks(client, routes_to(members_only)) == []


def test_a_collection_inside_a_private_one_is_private(client, members_only):
    inside = members_only.add_child(name="Comptes rendus")

    assert leaks(client, routes_to(inside)) == []


def test_a_member_reads_the_members_files_and_no_cache_keeps_them(client, members_only, denis):
    client.force_login(denis)
    image, document = image_in(members_only), document_in(members_only)

    for url in (image.file.url, image.get_rendition("width-20").url, document.url):
        response = client.get(url)
        assert response.status_code == 200, url
        assert body(response), url
        assert response["Cache-Control"] == "private, no-store", url
        assert response["X-Content-Type-Options"] == "nosniff", url


def test_a_member_of_the_group_reads_its_files(client, group_only, denis):
    denis.groups.add(Group.objects.get(name="Groupe jeunesse"))
    client.force_login(denis)

    assert client.get(image_in(group_only).file.url).status_code == 200
    assert body(client.get(document_in(group_only).url)) == CANARY


def test_who_may_change_an_image_sees_it_in_the_editor(client, group_only, claire):
    client.force_login(claire)

    assert client.get(image_in(group_only).file.url).status_code == 200


def test_anybody_reads_public_files_and_caches_keep_the_images(client, collection):
    image, document = image_in(collection), document_in(collection)

    response = client.get(image.get_rendition("width-20").url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in response.get("Vary", "")
    assert body(client.get(document.url)) == CANARY


def test_a_document_is_never_given_by_its_file(client, collection):
    document = document_in(collection)
    default_storage.save("exports/bilan.xlsx", ContentFile(CANARY))
    default_storage.save("seul.png", ContentFile(CANARY))

    for name in (document.file.name, "exports/bilan.xlsx", "seul.png", "", "../manage.py"):
        assert client.get(f"/media/{name}").status_code == 404, name


def test_a_file_that_disappeared_is_not_an_error(client, collection):
    image = image_in(collection)
    image.file.storage.delete(image.file.name)

    assert client.get(image.file.url).status_code == 404


def test_what_a_browser_could_run_is_downloaded(client, collection):
    image = image_in(collection)
    name = default_storage.save("original_images/dessin.svg", ContentFile(b"<svg/>"))
    Image.objects.filter(pk=image.pk).update(file=name)

    response = client.get(f"/media/{name}")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_files_are_read_and_never_written_here(client, collection):
    image = image_in(collection)

    assert client.post(image.file.url).status_code == 405
    assert client.put(image.file.url).status_code == 405
    assert client.head(image.file.url).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_public_image_takes_two_queries(client, collection, django_assert_num_queries, number):
    images = [image_in(collection) for _ in range(number)]
    url = images[0].get_rendition("width-20").url

    with django_assert_num_queries(2):
        client.get(url)


def test_files_kept_elsewhere_go_through_the_product_too(client, members_only, denis, settings):
    """An object store has no paths: everything is streamed."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "tests.intranet.files.storage.ObjectStore"}
    }
    routes = routes_to(members_only)
    assert leaks(client, routes) == []

    client.force_login(denis)
    assert leaks(client, routes) == [routes[0], routes[1], routes[3]]


def test_an_object_store_is_never_named_to_readers():
    from intranet.files.storage import PrivateS3Storage

    storage = PrivateS3Storage(bucket_name="fichiers", access_key="a", secret_key="b")

    assert storage.url("images/fête 1.png") == "/media/images/f%C3%AAte%201.png"


def test_a_portrait_is_for_members(client, aminata, denis):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(aminata)
    profile.avatar = ContentFile(png().read(), "moi.png")
    profile.save()

    assert client.get(profile.avatar.url).status_code == 404
    client.force_login(denis)
    assert client.get(profile.avatar.url).status_code == 200
