"""What a page carries hidden, signed: which draft it shows, and the values it showed.

So a form still knows its draft when the cookie or the session that led to it is gone, and two
people who save the same page can be told apart from one who changes their mind.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing

from surveys.questionnaires.definition import Section
from surveys.responses.models import Draft, Trial

PAGE_SALT = "surveys.responses.page"
LINK_SALT = "surveys.responses.link"
CHOICE_SALT = "surveys.responses.choice"


@dataclass(frozen=True)
class Seal:
    """The draft a page was made from, how often it had been saved, and what the page showed."""

    key: UUID
    version_id: int
    revision: int
    values: dict[str, Any]


def seal(draft: Draft | Trial, shown: dict[str, Any] | None = None) -> str:
    payload = [draft.pk.hex, draft.version_id, draft.revision, shown or {}]
    return signing.dumps(payload, salt=PAGE_SALT, compress=True)


def shown_in(section: Section, document: dict[str, Any]) -> dict[str, Any]:
    """The part of a document that the page of a section shows."""
    ids = [question.id for question in section.questions]
    return {one: document[one] for one in ids if one in document}


def unseal(sealed: str) -> Seal | None:
    """The seal, or None if it is absent or not ours."""
    try:
        key, version_id, revision, values = signing.loads(sealed, salt=PAGE_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Seal(UUID(key), version_id, revision, values)


def seal_choice(key: UUID, mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    """Two values a person has to choose between, question by question."""
    return signing.dumps([key.hex, mine, theirs], salt=CHOICE_SALT, compress=True)


def unseal_choice(sealed: str, key: UUID) -> tuple[dict[str, Any], dict[str, Any]] | None:
    try:
        sealed_key, mine, theirs = signing.loads(sealed, salt=CHOICE_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (mine, theirs) if sealed_key == key.hex else None


def link_token(draft: Draft) -> str:
    """What the private link of a resident's draft ends with."""
    return signing.Signer(salt=LINK_SALT).sign(draft.pk.hex)


def key_of_link(token: str) -> UUID | None:
    try:
        return UUID(signing.Signer(salt=LINK_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
