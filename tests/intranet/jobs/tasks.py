"""Jobs for the tests: their effects are counted by slug."""

import sys

from intranet.jobs.progress import tell_progress
from intranet.network.models import Association


def found(slug: str) -> None:
    Association.objects.create(slug=slug, name=slug)


def found_slowly(slug: str) -> None:
    tell_progress(1, 2)
    found(slug)


def fail(reason: str) -> None:
    raise ValueError(reason)


def found_twice(slug: str) -> None:
    found(slug)
    found(slug)


def leave() -> None:
    sys.exit("too long")
