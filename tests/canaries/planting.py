"""Canaries: strings that say where they were read, and who may read them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail.fields import RichTextField

# -- Who reads -----------------------------------------------------------------------------

NOBODY = "nobody"
PARTNER = "partner"
LEFT = "left"
INACTIVE = "inactive"
CONTRIBUTOR = "contributor"
REPRESENTATIVE = "representative"
OTHER = "other association"
EDITOR = "editor"
ANIMATOR = "animator"
ADMINISTRATOR = "administrator"

INVITED = "invited"
"""Who was invited and has not come yet: nobody on the site, and a letter box of their own."""

ASKING = "asking"
"""Who asks to join the association, and reads letters about it: none of those who walk."""

ROLES = (
    NOBODY,
    PARTNER,
    LEFT,
    INACTIVE,
    CONTRIBUTOR,
    REPRESENTATIVE,
    OTHER,
    EDITOR,
    ANIMATOR,
    ADMINISTRATOR,
)

Audience = frozenset[str]

NONE: Audience = frozenset()
MACHINE: Audience = frozenset({ADMINISTRATOR})
STAFF: Audience = frozenset({ANIMATOR, ADMINISTRATOR})
EDITORS: Audience = frozenset({EDITOR, ADMINISTRATOR})
WRITERS: Audience = STAFF | EDITORS
ASSOCIATION: Audience = frozenset({CONTRIBUTOR, REPRESENTATIVE})
MEMBERS: Audience = ASSOCIATION | {OTHER} | WRITERS
GROUP: Audience = frozenset({CONTRIBUTOR})
"""Of the association's two people, one is in the working group: the other must see nothing."""


@dataclass(frozen=True)
class Canary:
    number: int
    label: str
    audience: Audience
    # Why no screen shows it, where none does.
    unseen: str = ""
    # What the product itself drew: a key, a token, the fingerprint of a password.
    drawn: str = ""

    @property
    def text(self) -> str:
        return self.drawn or f"canari{self.number:04}z"

    @property
    def searched(self) -> str:
        """As it is typed in a search: what a page says of its own question is no leak."""
        return self.text.upper()

    def __str__(self) -> str:
        return f"{self.text} ({self.label})"


CANARY = re.compile(r"[Cc]anari(\d{4})z")
"""One expression for all: a page is read once, however many canaries there are."""


def numbers_in(text: str) -> set[int]:
    return {int(number) for number in CANARY.findall(text)}


@dataclass
class Aviary:
    """Every canary that was let into a world, by number."""

    known: list[Canary] = field(default_factory=list)
    secrets: dict[str, int] = field(default_factory=dict)

    def secret(self, label: str, audience: Audience, drawn: str, unseen: str = "") -> str:
        """A word that the product drew by itself, and that opens something: a canary as it is."""
        assert len(drawn) > 7, "anything could be it"
        self.secrets[drawn] = len(self.known)
        self.known.append(Canary(len(self.known), label, audience, unseen, drawn))
        return drawn

    def heard_in(self, text: str) -> set[int]:
        return numbers_in(text) | {
            number for drawn, number in self.secrets.items() if drawn in text
        }

    def text(self, label: str, audience: Audience, unseen: str = "") -> str:
        canary = Canary(len(self.known), label, audience, unseen)
        self.known.append(canary)
        return canary.text

    def __iter__(self) -> Iterator[Canary]:
        return iter(self.known)

    def __getitem__(self, number: int) -> Canary:
        return self.known[number]

    def fields(
        self,
        model: type[models.Model],
        audience: Audience,
        *,
        apart: dict[str, Audience] | None = None,
        unseen: dict[str, str] | None = None,
        only: Iterable[str] = (),
        **given: Any,
    ) -> dict[str, Any]:
        """What to make an object of: a canary in every field of text that is not given.

        `apart` names the fields that others may read, `unseen` those that no screen shows.
        """
        values: dict[str, Any] = {}
        for one in model._meta.concrete_fields:
            if one.name in given or not is_text(one) or (only and one.name not in only):
                continue
            readers = (apart or {}).get(one.name, audience)
            label = f"{model._meta.label}.{one.name}"
            text = self.text(label, readers, (unseen or {}).get(one.name, ""))
            values[one.name] = dressed(one, text)
        return values | given


def is_text(one: models.Field) -> bool:
    """Whether a field holds words of somebody, rather than one of a few values."""
    return (
        isinstance(one, models.CharField | models.TextField)
        and not one.choices
        and one.name not in {"path", "url_path", "draft_title", "language", "preferred_language"}
        and (one.max_length is None or one.max_length >= 12)
    )


def dressed(one: models.Field, text: str) -> str:
    if isinstance(one, models.EmailField):
        return f"{text}@example.org"
    if isinstance(one, models.URLField):
        return f"https://{text}.example/"
    if isinstance(one, RichTextField):
        return f"<p>{text}</p>"
    return text
