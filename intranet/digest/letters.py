"""What a letter says at the moment it leaves or is read: grouped, and still true."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.digest import links, queries
from intranet.digest.contract import Section
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.notifications.models import Letter


@dataclass(frozen=True)
class Line:
    """An entry as a letter shows it."""

    title: str
    paragraphs: list[str]
    path: str
    at: Any
    due: date | None


@dataclass(frozen=True)
class Part:
    key: str
    title: str
    lines: list[Line]


def standing(person: User, entries: list[DigestEntry]) -> list[DigestEntry]:
    """Those that this person may still read, and that still await what they awaited."""
    pages = [entry.page_id for entry in entries if entry.page_id]
    open_pages = queries.pages_open_to(person, pages)
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.check_name:
            asked[entry.check_name].append(entry.key)
    still = {
        key for name, keys in asked.items() for key in import_string(name)(keys, person=person)
    }
    return [
        entry
        for entry in entries
        if (not entry.page_id or entry.page_id in open_pages)
        and (not entry.check_name or entry.key in still)
    ]


def parts_of(letter: DigestLetter, entries: list[DigestEntry]) -> list[Part]:
    """The entries in their sections: the nearest deadline first, then the newest first."""
    token = links.letter_token(letter)
    found: defaultdict[str, list[DigestEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.section].append(entry)
    return [
        Part(
            section.value,
            str(section.label),
            [_line(token, entry) for entry in sorted(found[section.value], key=rank)],
        )
        for section in Section
        if found[section.value]
    ]


def rank(entry: DigestEntry) -> tuple[date, float, int]:
    return (entry.due_date or date.max, -entry.at.timestamp(), -entry.pk)


def _line(token: str, entry: DigestEntry) -> Line:
    return Line(
        title=entry.title,
        paragraphs=[part for part in entry.text.split("\n\n") if part.strip()],
        path=links.item_path(token, entry.pk),
        at=entry.at,
        due=entry.due_date,
    )


def words_of(letter: Letter) -> dict[str, Any] | bool:
    """The weekly letter that is about to leave; False if nobody wants it or nothing is left."""
    digest = queries.letter_with(letter.context["letter"])
    if digest is None:
        return False
    if queries.rhythm_of(digest.person) == DigestPreference.Rhythm.NEVER:
        return False
    entries = standing(digest.person, queries.entries_of(digest))
    if not entries:
        return False
    unsubscribe = settings.BASE_URL + links.unsubscribe_path(digest.person)
    return letter_words(digest, entries) | {
        "headers": {
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    }


def letter_words(digest: DigestLetter, entries: list[DigestEntry]) -> dict[str, Any]:
    return {
        "parts": parts_of(digest, entries),
        "person": digest.person,
        "made_at": digest.made_at,
        "letter_path": links.letter_path(digest),
        "unsubscribe_path": links.unsubscribe_path(digest.person),
    }


def subject_of(entries: list[DigestEntry]) -> str:
    """What the letter holds, in its own subject."""
    awaiting = [entry for entry in entries if entry.section == Section.AWAITING]
    others = [entry for entry in entries if entry.section != Section.AWAITING]
    if not others and len(awaiting) == 1:
        return _("An answer is awaited – %(title)s") % {"title": awaiting[0].title}
    if not others:
        return _("%(count)d answers are awaited") % {"count": len(awaiting)}
    if awaiting:
        return ngettext(
            "The week of the network, and an answer that is awaited",
            "The week of the network, and %(count)d answers that are awaited",
            len(awaiting),
        ) % {"count": len(awaiting)}
    newest = min(others, key=rank)
    return _("The week of the network – %(title)s") % {"title": newest.title}
