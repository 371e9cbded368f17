"""What the job queue calls."""

from intranet.search import operations


def refresh(source: str, keys: list[str]) -> None:
    operations.refresh(source=source, keys=keys)


def repair() -> None:
    operations.repair()
