"""The signed links of a letter: they open that letter to that person, without a password."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from intranet.accounts.models import User
from intranet.digest.models import DigestLetter

# A link of the letter opens nothing after that; the one to unsubscribe always does.
LETTER_LINKS = timedelta(days=60)
_reading = signing.TimestampSigner(salt="digest letter")
_leaving = signing.Signer(salt="digest unsubscribe")


def letter_token(letter: DigestLetter) -> str:
    return _reading.sign(letter.pk.hex)


def letter_path(letter: DigestLetter) -> str:
    return reverse("digest_letter", args=[letter_token(letter)])


def item_path(token: str, entry: int) -> str:
    return reverse("digest_item", args=[token, entry])


def read_letter_token(token: str) -> UUID | None:
    """The number of the letter; None when the link was changed or has become too old."""
    try:
        return UUID(hex=_reading.unsign(token, max_age=LETTER_LINKS))
    except (signing.BadSignature, ValueError):
        return None


def unsubscribe_path(person: User) -> str:
    return reverse("digest_unsubscribe", args=[unsubscribe_token(person)])


def unsubscribe_token(person: User) -> str:
    return _leaving.sign(str(person.pk))


def read_unsubscribe_token(token: str) -> int | None:
    try:
        return int(_leaving.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
