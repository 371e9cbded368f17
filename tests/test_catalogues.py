"""Whoever answers is spoken to in one language, whole, whichever of ours it is."""

import re
from functools import cache

import polib
import pytest
from django.utils.translation import override

from intranet.languages import INTERFACE_LANGUAGES, SITE_LANGUAGE
from intranet.management.commands.compile_languages import PLURALS
from surveys.responses.wording import PROBLEMS, UNREADABLE
from tests.test_house import (
    HOUSE,
    Message,
    catalogue,
    messages_of_python,
    messages_of_template,
)

LOCALE = HOUSE / "intranet" / "locale"
# English is what the code says.
TRANSLATED = [one for one in INTERFACE_LANGUAGES if one not in (SITE_LANGUAGE, "en")]
COUNTS = {"ar": [1, 2, 7, 11, 99, 100, 1000], "tr": [1, 2], "pt": [1, 2], "es": [1, 2]}

ROOM = HOUSE / "surveys" / "responses"
PAGES = HOUSE / "surveys" / "templates" / "surveys" / "responses"
LAYOUT = HOUSE / "intranet" / "templates"
# What editors and animators see, who work in French.
NOT_ANSWERING = {
    "columns.py",
    "files.py",
    "imports.py",
    "models.py",
    "preview.py",
    "trial.py",
    "trials.py",
}
AROUND = (
    "base.html",
    "components/error_summary.html",
    "components/messages.html",
    "components/progress.html",
    "components/required.html",
    "components/site_account_links.html",
    "components/site_footer.html",
    "components/site_header.html",
    "components/site_nav_links.html",
    "components/site_search.html",
    "letters/base.html",
    "letters/base.txt",
)
# The points of our scales are questions' own words.
SCALES_OFFERED = HOUSE / "surveys" / "questionnaires" / "scales.py"

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|(</?\w+)")


@cache
def messages_of_answering() -> frozenset[Message]:
    found = set(messages_of_python(SCALES_OFFERED))
    for module in ROOM.rglob("*.py"):
        if module.name not in NOT_ANSWERING:
            found |= messages_of_python(module)
    found |= messages_of_python(HOUSE / "intranet" / "templatetags" / "navigation.py")
    pages = [page for page in PAGES.rglob("*.*") if not page.name.startswith(("preview", "trial"))]
    forms = [*(LAYOUT / "django" / "forms").rglob("*.html")]
    for template in [*pages, *forms, *(LAYOUT / name for name in AROUND)]:
        found |= messages_of_template(template)
    # An import refuses files and lines to who imports, in French.
    with override("en"):
        found -= {(None, str(sentence)) for sentence in (PROBLEMS | UNREADABLE).values()}
    return frozenset(found)


@cache
def entries(language: str) -> dict[Message, polib.POEntry]:
    files = sorted((LOCALE / language / "LC_MESSAGES").glob("*.po"))
    return {
        (entry.msgctxt, entry.msgid): entry for path in files for entry in polib.pofile(str(path))
    }


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_that_answering_says_is_translated(language):
    missing = messages_of_answering() - entries(language).keys()

    assert len(messages_of_answering()) > 150
    assert sorted(english for _context, english in missing) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_empty_or_uncertain(language):
    faults = [
        entry.msgid
        for entry in entries(language).values()
        if "fuzzy" in entry.flags or not all(text.strip() for text in texts(entry))
    ]

    assert faults == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_english(language):
    faults = []
    for entry in entries(language).values():
        expected = placeholders(entry.msgid_plural or entry.msgid)
        said = [placeholders(text) for text in texts(entry)]
        # A form that stands for one number only may spell it: "two answers".
        spells = bool(entry.msgid_plural) and expected > placeholders(entry.msgid)
        if any(found - expected for found in said) or (said[-1] != expected and not spells):
            faults.append(entry.msgid)
        if not entry.msgid_plural and said[0] != expected:
            faults.append(entry.msgid)

    assert faults == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_number_has_its_form(language):
    header = re.search(r"nplurals=(\d+); plural=(.*);", PLURALS[language])
    forms = int(header.group(1))

    counted = [entry for entry in entries(language).values() if entry.msgid_plural]

    assert counted
    for entry in counted:
        assert sorted(entry.msgstr_plural) == list(range(forms)), entry.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_translated_that_nobody_says(language):
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue()}

    assert sorted(english for _context, english in entries(language).keys() - known) == []


def test_the_languages_of_the_interface_are_those_that_have_a_catalogue():
    assert {path.name for path in LOCALE.iterdir()} | {"en"} == set(INTERFACE_LANGUAGES)
    assert set(PLURALS) == set(INTERFACE_LANGUAGES)
