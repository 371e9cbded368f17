"""Photographs wait for their page."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from intranet.files.closing import waiting_collection
from intranet.files.inspection import LARGEST_FILE, RefusedFile
from intranet.files.models import HeldPicture
from intranet.files.operations import (
    MOST_HELD,
    file_picture,
    held_picture,
    hold_picture,
    purge_held_pictures,
)
from tests.people import NOW
from tests.sent_files import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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
        picture = file_picture(held=held, title="Fête", by=benoit)

    assert not default_storage.exists(name)
    assert default_storage.exists(picture.file.name)
    # Whoever knows what it was called does not know its address.
    assert "IMG" not in picture.file.name
    assert picture.collection == waiting_collection()


def test_the_purge_takes_what_is_old_with_its_file(benoit, django_capture_on_commit_callbacks):
    old, new = hold(benoit, NOW - timedelta(days=3)), hold(benoit)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_held_pictures(at=NOW) == 1

    assert [one.pk for one in HeldPicture.objects.all()] == [new.pk]
    assert not default_storage.exists(old.file.name)
