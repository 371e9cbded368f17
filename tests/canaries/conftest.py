"""One world for all the tests of this folder: it is long to make, and nothing changes it."""

import tempfile
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.canaries.world import World, build
from tests.people import NOW


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with (
        tempfile.TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media),
        time_machine.travel(NOW, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world: World) -> Iterator[None]:
    """What the mark `django_db` asks for: here the world's transaction, which stays open.

    What a test writes is taken back.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
