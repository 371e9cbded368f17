"""An invented charter, as untidy as real ones; CHARTER_FILE names a real one to try as well."""

import os
from pathlib import Path

import pytest

INVENTED = Path(__file__).parent / "invented.md"


@pytest.fixture
def charter_file() -> Path:
    return INVENTED


@pytest.fixture
def real_charter_file() -> Path:
    return Path(os.environ.get("CHARTER_FILE", INVENTED))


@pytest.fixture
def rewritten(tmp_path):
    """The invented charter with some words replaced by others, in a file."""

    def rewrite(*replacements: tuple[str, str]) -> Path:
        text = INVENTED.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "charter.md"
        path.write_text(text, encoding="utf-8")
        return path

    return rewrite
