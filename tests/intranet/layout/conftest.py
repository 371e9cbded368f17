from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def stylesheet(settings) -> str:
    """The address of the page that shows every piece; it exists in tests only."""
    settings.ROOT_URLCONF = "tests.intranet.layout.urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [HERE / "templates"]}]
    return "/feuille/"
