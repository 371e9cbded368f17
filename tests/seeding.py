"""Long preparations, made once for all the tests of a module, and undone after the last."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Site


@contextmanager
def kept_for_a_while(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture of a module: what it makes is there for each test, which undoes only its own.

    Not for tests that empty the database.
    """
    with blocker.unblock():
        Site.clear_site_root_paths_cache()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
