"""What no template and no style sheet may hold."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[3]
TEMPLATES = [
    path
    for app in ("intranet", "pages", "surveys")
    for path in (HOUSE / app / "templates").rglob("*.html")
]
# Mail has no style sheet, and the editor's screens have a policy of their own.
MAIL_OR_EDITOR = re.compile(r"/(letters|email|wagtailadmin)/|/admin_|_message\.html$")
PAGES = [path for path in TEMPLATES if not MAIL_OR_EDITOR.search(str(path))]
STYLES = list((HOUSE / "intranet" / "static").rglob("*.css"))
DRAWINGS = list((HOUSE / "intranet" / "static").rglob("*.svg"))


def named(paths: list[Path]):
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(HOUSE)))


@named(PAGES)
def test_no_template_holds_a_script_or_a_style(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:", text)


@named(TEMPLATES + STYLES + DRAWINGS)
def test_nothing_is_fetched_from_another_host(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"(?:src|srcset|href|action|url\()\s*=?\s*[\"']?\s*(?:https?:)?//", text)
    assert "@import" not in text


@named(STYLES)
def test_every_file_that_a_style_names_is_shipped(path):
    for name in re.findall(r"url\(\"?([^)\"]+)\"?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / name).resolve().is_file(), name


def test_what_a_first_visit_downloads_stays_small():
    # What every page asks for; the editor and some pages have a sheet of their own.
    said = "".join(
        (HOUSE / "intranet/templates" / name).read_text(encoding="utf-8")
        for name in ("base.html", "components/assets.html")
    )
    folder = HOUSE / "intranet/static"
    styles = [folder / name for name in re.findall(r"static \"(intranet/css/[^\"]+)\"", said)]
    fetched = [*styles, *(folder / "intranet/fonts").glob("*-latin.woff2")]

    assert len(styles) > 3
    assert sum(path.stat().st_size for path in fetched) < 124_000
