"""The name, the address and the telephone of somebody, wherever a text of the database holds them.

Rooms take out what they know to be a person's. What is left (a revision, a log, a letter to
somebody else, the arguments of a job) is found by reading the text of every table.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils.text import slugify
from django.utils.translation import gettext, override

from intranet.accounts.models import User

Changed = list[tuple[type[models.Model], Any]]
"""What no longer names the person: the table, and the number of the row."""

# Other people's own rows; what cannot hold a text; what is made again out of the texts.
NOT_READ = frozenset(
    {
        "intranet.User",
        "intranet.LetterMark",
        "intranet.SearchEntry",
        "intranet.SearchWord",
        "account.EmailAddress",
        "sessions.Session",
        "wagtailsearch.IndexEntry",
        "wagtailsearch.SQLiteFTSIndexEntry",
    }
)
APPS_NOT_READ = frozenset({"auth", "contenttypes", "django_q"})
# The digits of a telephone number: fewer are a year, a price.
SHORTEST = 9


@dataclass(frozen=True)
class Traces:
    email: str
    first_name: str
    last_name: str
    phone: str
    instead: str
    """What is written in place of the name."""
    slug_instead: str

    @property
    def has_full_name(self) -> bool:
        """A first name alone is a word of the language, or somebody else's."""
        return bool(self.first_name and self.last_name)

    @cached_property
    def words(self) -> list[str]:
        """What a text has to hold, at least one of them, to be worth reading."""
        found = [self.email]
        if self.has_full_name:
            found += [self.last_name, self._slug]
        if self._number:
            # By twos, as it is written and said, from the end that every spelling shares.
            pairs = [self._number[:1], *re.findall("..?", self._number[1:])]
            found += [self.phone, *(between.join(pairs) for between in ("", " ", ".", "-"))]
        return list(dict.fromkeys(found))

    @property
    def _slug(self) -> str:
        return slugify(f"{self.first_name} {self.last_name}")

    @property
    def _number(self) -> str:
        """The digits without what is dialled before them: 0, 0033, +33."""
        digits = re.sub(r"\D", "", self.phone)
        return re.sub(r"^(0033|33(?=\d{9}$)|0)", "", digits) if len(digits) >= SHORTEST else ""

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        # The full stop that ends a sentence is no part of an address.
        email = rf"(?<![\w+%])(?<!\w[.-]){re.escape(self.email)}(?![\w-])(?!\.\w)"
        found = [(email, "")]
        if self.has_full_name:
            first, last = re.escape(self.first_name), re.escape(self.last_name)
            space = r"(?:\s|&nbsp;)+"
            both = rf"{first}{space}{last}|{last}{space}{first}"
            found.append((rf"(?<!\w)(?:{both})(?!\w)", self.instead))
            slug = re.escape(self._slug)
            found.append((rf"(?<![a-z0-9])(?:{slug})(?![a-z0-9])", self.slug_instead))
        if self._number:
            spelt = r"[\s.\-]*".join(self._number)
            before = r"(?:(?:\+|00)33[\s.\-]*(?:\(0\)\s*)?|0[\s.\-]*)?"
            found.append((rf"(?<!\d){before}{spelt}(?!\d)", ""))
        return [(re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in found]

    def taken_out_of(self, text: str) -> str:
        for pattern, instead in self._patterns:
            text = pattern.sub(instead, text)
        return text

    def taken_out_of_value(self, value: Any) -> Any:
        """As `taken_out_of`, down to the texts of a JSON value, those written as JSON included."""
        if isinstance(value, dict):
            return {
                self.taken_out_of(key): self.taken_out_of_value(one) for key, one in value.items()
            }
        if isinstance(value, list):
            return [self.taken_out_of_value(one) for one in value]
        if not isinstance(value, str):
            return value
        if value[:1] in {"[", "{"}:
            try:
                inside = json.loads(value)
            except ValueError:
                return self.taken_out_of(value)
            changed = self.taken_out_of_value(inside)
            return value if changed == inside else json.dumps(changed)
        return self.taken_out_of(value)


def traces_of(user: User, *, key: str) -> Traces:
    with override(settings.LANGUAGE_CODE):
        instead = gettext("a person whose account is closed")
    return Traces(
        email=user.email,
        first_name=user.first_name.strip(),
        last_name=user.last_name.strip(),
        phone=user.phone.strip(),
        instead=instead,
        slug_instead=f"compte-ferme-{key}",
    )


Column = tuple[type[models.Model], models.Field]


def text_columns() -> Iterator[Column]:
    """Every column of the house and of what it is built on that can hold a name."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.proxy or not meta.managed:
            continue
        if meta.label in NOT_READ or meta.app_label in APPS_NOT_READ:
            continue
        for field in meta.local_concrete_fields:
            if not field.primary_key and field.choices is None and _holds_text(field):
                yield model, field


def _holds_text(field: models.Field) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, kinds) or _is_json(field)


def _is_json(field: models.Field) -> bool:
    return field.get_internal_type() in {"JSONField", "StreamField"}


def overwrite_what_is_deleted() -> None:
    """SQLite leaves what is deleted readable in its file until the place is used again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def mentions(traces: Traces) -> dict[str, int]:
    """In how many rows of each column a person is named."""
    counts = {
        f"{model._meta.label}.{field.name}": sum(
            1 for _pk, text in _rows(model, field, traces) if _cleaned(field, text, traces) != text
        )
        for model, field in text_columns()
    }
    return {name: count for name, count in counts.items() if count}


def take_out(traces: Traces) -> Changed:
    """Take a person's name, address and telephone out of every text."""
    changed: Changed = []
    for model, field in text_columns():
        for pk, text in _rows(model, field, traces):
            cleaned = _cleaned(field, text, traces)
            if cleaned != text:
                _write(model, field, pk, cleaned)
                changed.append((model, pk))
    return changed


def _cleaned(field: models.Field, text: str, traces: Traces) -> str:
    if _is_json(field):
        value = json.loads(text)
        cleaned = traces.taken_out_of_value(value)
        return text if cleaned == value else json.dumps(cleaned)
    longest = field.max_length
    cleaned = traces.taken_out_of_value(text)
    return cleaned[:longest] if longest and cleaned != text else cleaned


def _rows(model: type[models.Model], field: models.Field, traces: Traces) -> list[tuple[Any, str]]:
    """The rows whose text may name the person, read as the database keeps them."""
    table, column, pk = _quoted(model, field)
    text = f"CAST({column} AS text)"
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    words = [_lowered(word) for word in _spellings(traces, field)]
    where = " OR ".join([f"{position}(lower({text}), %s) > 0"] * len(words))
    with connection.cursor() as cursor:
        # The names are those of our own tables and columns.
        cursor.execute(f"SELECT {pk}, {text} FROM {table} WHERE {where}", words)  # noqa: S608
        return list(cursor.fetchall())


def _write(model: type[models.Model], field: models.Field, pk: Any, text: str) -> None:
    table, column, number = _quoted(model, field)
    is_jsonb = connection.vendor == "postgresql" and _is_json(field)
    value = "%s::jsonb" if is_jsonb else "%s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = {value} WHERE {number} = %s",  # noqa: S608
            [text, pk],
        )


def _quoted(model: type[models.Model], field: models.Field) -> tuple[str, str, str]:
    quote = connection.ops.quote_name
    key = model._meta.pk
    assert key is not None
    return quote(model._meta.db_table), quote(str(field.column)), quote(str(key.column))


def _spellings(traces: Traces, field: models.Field) -> list[str]:
    """The words as they lie in the database: JSON writes é as \\u00e9, once or twice over."""
    found = []
    for word in traces.words:
        once = json.dumps(word)[1:-1]
        found += [word, once, json.dumps(once)[1:-1]]
    return list(dict.fromkeys(found))


def _lowered(word: str) -> str:
    """As the database lowers it: SQLite knows the capitals of English alone."""
    if connection.vendor == "postgresql":
        return word.lower()
    return "".join(letter.lower() if letter.isascii() else letter for letter in word)
