"""An animator takes the figures away, and another program opens them."""

import subprocess
from pathlib import Path
from shutil import which

from playwright.sync_api import Page, expect

from tests.journeys.reading import (
    as_counted,
    as_on_screen,
    by_code,
    counted_apart,
    in_workbook,
    on_screen,
    printed,
)

LIBREOFFICE = which("soffice") or which("libreoffice")
READERS = ["LibreOffice" if LIBREOFFICE else "openpyxl-only-LibreOffice-is-absent"]
"""Who opens the workbooks: the tests say it in their names."""


def download_workbook(page: Page, folder: Path) -> Path:
    """From the results to the file, by the links and buttons of the screen."""
    page.get_by_role("link", name="Emporter les chiffres").click()
    page.get_by_label("Classeur").check()
    page.get_by_role("button", name="Préparer le fichier").click()
    expect(page.get_by_role("heading", name="Le fichier est prêt")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le fichier").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def reopened(path: Path, folder: Path) -> Path:
    """The same workbook, read and written again by LibreOffice where there is one."""
    if LIBREOFFICE is None:
        return path
    subprocess.run(
        [
            LIBREOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "reopened"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "reopened" / path.name


def assert_all_say_the_same(slug: str, *, screen: str, workbook: Path) -> None:
    """Screen, workbook and command show one set of figures; the raw ones are counted apart."""
    figures = printed(slug)
    raw = by_code(printed(slug, "--raw"))
    assert list(on_screen(screen)) == [as_on_screen(found) for found in figures["questions"]]
    assert in_workbook(workbook) == by_code(figures)
    assert {code: as_counted(found) for code, found in raw.items()} == counted_apart(slug)[
        "questions"
    ]
