"""Jobs for the tests: their effects are counted by slug."""

from intranet.network.models import Association


def found(slug: str) -> None:
    Association.objects.create(slug=slug, name=slug)


def fail(reason: str) -> None:
    raise ValueError(reason)
