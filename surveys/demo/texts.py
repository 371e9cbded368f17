"""The invented texts, as they are written in the files beside this one."""

import tomllib
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


network = _read("network")
news = _read("news")
pages = _read("pages")
library = _read("library")
needs = _read("needs")
needs_in_other_languages: dict[str, dict[str, str]] = {
    text["fr"]: text for text in _read("needs-languages")["texts"]
}
assessments = _read("assessments")
signatures = _read("signatures")
