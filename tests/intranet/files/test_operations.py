"""Photographs wait for their page, then lie where their circle may look."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from wagtail.models import Collection, CollectionViewRestriction

from intranet.files.inspection import LARGEST_FILE, RefusedFile
from intranet.files.models import CircleCollection, HeldPicture
from intranet.files.operations import (
    MOST_HELD,
    circle_collection,
    file_picture,
    held_picture,
    hold_picture,
    move_to_circle,
    purge_held_pictures,
)
from intranet.network.models import WorkingGroup
from intranet.network.operations import save_working_group
from tests.people import NOW
from tests.sent_files import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def group(benoit) -> WorkingGroup:
    return save_working_group(working_group=WorkingGroup(name="Jeunesse"), members=[benoit])


def hold(by, at=NOW) -> HeldPicture:
    file = SimpleUploadedFile("IMG.jpg", photograph(), "image/jpeg")
    return hold_picture(file=file, by=by, at=at)


def test_a_photograph_is_its_senders_alone(benoit, aminata):
    held = hold(benoit)

    assert held_picture(held.pk, benoit) == held
    assert held_picture(held.pk, aminata) is None
    assert held_picture("n'importe quoi", benoit) is None


def test_what_is_too_large_is_refused_before_it_is_read(benoit):
    file = SimpleUploadedFile("IMG.jpg", b"x", "image/jpeg")
    file.size = LARGEST_FILE + 1

    with pytest.raises(RefusedFile) as refusal:
        hold_picture(file=file, by=benoit, at=NOW)

    assert refusal.value.reason == "file_too_large"


def test_whoever_sends_many_loses_the_oldest(benoit):
    first = hold(benoit)
    for minutes in range(MOST_HELD):
        hold(benoit, NOW + timedelta(minutes=minutes + 1))

    assert HeldPicture.objects.count() == MOST_HELD
    assert held_picture(first.pk, benoit) is None


def test_filing_leaves_nothing_behind(benoit, django_capture_on_commit_callbacks):
    held = hold(benoit)
    name = held.file.name
    with django_capture_on_commit_callbacks(execute=True):
        picture = file_picture(held=held, title="Fête", collection=circle_collection(), by=benoit)

    assert not default_storage.exists(name)
    assert default_storage.exists(picture.file.name)
    # Whoever knows what it was called does not know its address.
    assert "IMG" not in picture.file.name


def test_the_purge_takes_what_is_old_with_its_file(benoit, django_capture_on_commit_callbacks):
    old, new = hold(benoit, NOW - timedelta(days=3)), hold(benoit)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_held_pictures(at=NOW) == 1

    assert [one.pk for one in HeldPicture.objects.all()] == [new.pk]
    assert not default_storage.exists(old.file.name)


def test_each_circle_has_one_collection_that_is_closed(group):
    first, of_group = circle_collection(), circle_collection(group=group)
    # Collections are sorted by name: the second took the place of the first in the tree.
    members = circle_collection()

    assert members == first
    assert circle_collection(group=group) == of_group
    assert [one.restriction_type for one in members.get_view_restrictions()] == [
        CollectionViewRestriction.LOGIN
    ]
    [restriction] = of_group.get_view_restrictions()
    assert list(restriction.groups.all()) == [group.group]


def test_the_database_keeps_one_collection_a_circle(group):
    circle_collection()
    other = Collection.get_first_root_node().add_child(name="Autre")

    with pytest.raises(IntegrityError), transaction.atomic():
        CircleCollection.objects.create(collection=other)


def test_an_image_follows_its_circle_but_is_not_taken_out_of_another_closed_one(benoit, group):
    root = Collection.get_first_root_node()
    picture = file_picture(
        held=hold(benoit), title="Fête", collection=circle_collection(), by=benoit
    )

    move_to_circle(image=picture, group=group, is_public=False)
    assert picture.collection == circle_collection(group=group)
    move_to_circle(image=picture, group=None, is_public=True)
    assert picture.collection == root

    closed = root.add_child(name="Bureau")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )
    type(picture).objects.update(collection=closed)
    picture = type(picture).objects.get()
    for is_public in (True, False):
        move_to_circle(image=picture, group=None, is_public=is_public)
        assert picture.collection == closed
