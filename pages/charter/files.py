"""From a file that somebody gives, Markdown or Word, to a charter, or to a refusal in words."""

from pathlib import PurePath
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.charter.markdown import read_markdown
from pages.charter.structure import Charter, read_charter
from pages.charter.word import read_word
from pages.charter.word_package import COMPOUND, LARGEST, ZIP, UnreadableDocument

LARGEST_TEXT: Final = 200_000
"""Bytes. The longest charters have a tenth of it; reading more would only keep people waiting."""
LONGEST_TITLE: Final = 255
WORD_PROCESSORS: Final = frozenset({".docx", ".doc", ".docm", ".dotx", ".odt", ".rtf"})

REFUSALS: Final = {
    "too_large": gettext_lazy(
        "%(name)s is too large to be a charter (more than 10 MB): remove its pictures, then "
        "save it again."
    ),
    "old_word": gettext_lazy(
        "%(name)s is in Word's old format, or protected by a password: save it as a Word "
        "document (.docx) without a password."
    ),
    "protected": gettext_lazy(
        "%(name)s is protected by a password: save it without one, then choose it again."
    ),
    "web_page": gettext_lazy(
        "%(name)s is a web page under another name: open it in your word processor and save it "
        "as a Word document (.docx)."
    ),
    "open_document": gettext_lazy(
        "%(name)s is not a Word document: open it in your word processor and save it as a Word "
        "document (.docx)."
    ),
    "not_word": gettext_lazy(
        "%(name)s is not a Word document: open it in your word processor and save it as a Word "
        "document (.docx)."
    ),
    "macros": gettext_lazy(
        "%(name)s contains macros or embedded programs: save it as a Word document without "
        "macros (.docx)."
    ),
    "zip_bomb": gettext_lazy(
        "%(name)s unpacks to far more than a charter holds, and could stop the site: copy its "
        "text into a new document."
    ),
    "too_long": gettext_lazy(
        "%(name)s is far longer than a charter: keep the text of the charter only."
    ),
    "damaged": gettext_lazy(
        "%(name)s is damaged: open it in your word processor and save it again."
    ),
}


class UnreadableCharter(Exception):
    """The file cannot become the charter; the message says why, and what to do."""


def charter_from(content: bytes, *, name: str) -> Charter:
    """The charter that a file holds. Raises `UnreadableCharter`."""
    if not content.strip():
        raise UnreadableCharter(_("%(name)s is empty: check the file.") % {"name": name})
    is_word = PurePath(name).suffix.lower() in WORD_PROCESSORS
    if is_word or content.startswith((ZIP, COMPOUND)):
        try:
            charter = read_charter(read_word(content))
        except UnreadableDocument as error:
            raise UnreadableCharter(REFUSALS[error.reason] % {"name": name}) from error
    else:
        charter = read_charter(read_markdown(_text(content, name)))
    if reason := why_not(charter, is_word=is_word):
        raise UnreadableCharter(reason)
    return charter


def largest(name: str) -> int:
    """How many bytes of a file are worth reading."""
    return LARGEST if PurePath(name).suffix.lower() in WORD_PROCESSORS else LARGEST_TEXT


def _text(content: bytes, name: str) -> str:
    if len(content) > LARGEST_TEXT:
        raise UnreadableCharter(
            _("%(name)s is too large to be a charter (more than 200 kB): check the file.")
            % {"name": name}
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableCharter(
            _("%(name)s is not text in UTF-8: save it again in that encoding.") % {"name": name}
        ) from error
    if "\0" in text:
        raise UnreadableCharter(
            _("%(name)s is not a text file: give the charter in Markdown.") % {"name": name}
        )
    return text


def why_not(charter: Charter, *, is_word: bool = False) -> str:
    """Why a document cannot become the charter; empty if it can."""
    if not charter.articles:
        if is_word:
            return _(
                "This document does not look like a charter: no numbered article was found. Put "
                "the number of each article in a heading of its own, for example “Article 1”."
            )
        return _(
            "This text does not look like a charter: no numbered article was found. Put the "
            "number of each article in a heading of its own, for example “# 1”."
        )
    if not charter.groups:
        return _(
            "This text does not look like a charter: no commitment was found. Write the "
            "commitments as a list, after a sentence that ends with a colon."
        )
    numbers = [article.number for article in charter.articles]
    if doubles := sorted({number for number in numbers if numbers.count(number) > 1}):
        return _("Two articles have the number %(number)s: number them one after the other.") % {
            "number": doubles[0]
        }
    titles = [charter.title, charter.subtitle, charter.closing.title]
    titles += [article.title for article in charter.articles]
    if too_long := [title for title in titles if len(title) > LONGEST_TITLE]:
        return _("The title “%(title)s…” is longer than 255 characters: shorten it.") % {
            "title": too_long[0][:60]
        }
    return ""
