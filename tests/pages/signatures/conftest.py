"""A charter published as version 1, and what a board decides."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from pages.charter.models import CharterVersion
from pages.charter.operations import publish_version
from pages.charter.queries import latest_version
from pages.signatures.operations import Decision
from tests.people import NOW
from tests.seeding import kept_for_a_while

INVENTED = Path(__file__).parent.parent / "charter" / "invented.md"
DECISION = Decision(date(2026, 3, 2), "Aminata Sow", "présidente")


def run(path) -> None:
    call_command("import_charter", str(path), stdout=StringIO(), stderr=StringIO())


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker):
    with kept_for_a_while(django_db_blocker):
        run(INVENTED)
        yield


@pytest.fixture
def first(published, db) -> CharterVersion:
    return latest_version()


@pytest.fixture
def publish_next(tmp_path, first, django_capture_on_commit_callbacks):
    """Publishes a version that changes some words, and lets its jobs run."""

    def publish(*replacements: tuple[str, str], reason: str = "Mieux dit.") -> CharterVersion:
        text = INVENTED.read_text(encoding="utf-8")
        for old, new in replacements or [("les passe-droits", "tout passe-droit")]:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "charter.md"
        path.write_text(text, encoding="utf-8")
        run(path)
        with django_capture_on_commit_callbacks(execute=True):
            return publish_version(reason=reason, by=None, at=NOW)

    return publish
