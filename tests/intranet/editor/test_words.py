"""Wagtail in French: what an upgrade brings in English is found here, before people read it."""

from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation.trans_real import translation

from tests.browsing import LAPTOP, PHONE, accessibility_faults, overflows, sign_in
from tests.intranet.editor.conftest import person_who_is


def catalogues_of_wagtail(domain: str) -> list[Path]:
    """The English of the parts of Wagtail that are installed."""
    found = []
    for name in settings.INSTALLED_APPS:
        if name.split(".")[0] == "wagtail":
            folder = Path(import_module(name).__file__).parent
            found += [folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"]
    return [path for path in found if path.exists()]


def test_every_word_of_the_editor_has_its_french():
    french = translation("fr")._catalog
    said = {key[0] if isinstance(key, tuple) else key for key, _text in french.items()}
    asked = {
        f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
        for path in catalogues_of_wagtail("django")
        for entry in polib.pofile(path)
    }

    assert len(asked) > 1500
    assert sorted(asked - said) == []


def test_every_word_of_its_scripts_has_its_french():
    missing = []
    for path in catalogues_of_wagtail("djangojs"):
        french = {
            (entry.msgctxt, entry.msgid)
            for entry in polib.pofile(
                str(path).replace("/en/", "/fr/"),
            )
            if entry.msgstr or entry.msgstr_plural.get(0)
        }
        missing += [
            entry.msgid
            for entry in polib.pofile(path)
            if (entry.msgctxt, entry.msgid) not in french
        ]

    assert missing == []


@pytest.mark.parametrize("screen", ["editor_help", "wagtailadmin_home"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_help_and_the_first_screen_are_for_everybody(site, page, screen, size):
    from pages.home.operations import lay_site

    lay_site()
    sign_in(page.context, person_who_is("administrator"), site.url)
    page.set_viewport_size(size)

    page.goto(site.url + reverse(screen))
    page.wait_for_selector("main h1", state="attached")

    assert accessibility_faults(page) == []
    assert not overflows(page)
