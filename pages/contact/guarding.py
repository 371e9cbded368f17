"""Keeping robots out without asking another company, and without a puzzle.

Three things that a person never meets: a field that nobody sees and robots fill; a signed
stamp that says when the page was shown, because robots answer at once; a number of answers an
hour from one address. Each refusal is a sentence beside what was typed, and can be passed.
"""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Final

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

STAMP: Final = "_cachet"
TRAP: Final = "_laisser_vide"
SALT: Final = "pages.contact.stamp"
LEAST: Final = timedelta(seconds=3)
"""No person reads a form and answers it in less."""
MOST: Final = timedelta(days=2)
AN_HOUR: Final = 3600
ANSWERS_AN_HOUR: Final = 30
"""From one address: a social centre where twenty people register has only one."""


@dataclass(frozen=True)
class Verdict:
    """What to say to who sent a form, the stamp of their next try, and their ticket."""

    refusal: str
    stamp: str
    ticket: str = ""


def new_stamp(page_id: int) -> str:
    return _signer().sign_object([page_id, token_hex(16)])


def judge(request: HttpRequest, page_id: int) -> Verdict:
    """Whether a person seems to have sent this form. Counts nothing."""
    stamp = request.POST.get(STAMP, "")
    ticket = _ticket(stamp, page_id)
    if ticket is None:
        refusal = _(
            "This page had been open for long. Read what you wrote once more, then send again: "
            "nothing is lost."
        )
        return Verdict(refusal, new_stamp(page_id))
    if request.POST.get(TRAP):
        refusal = _(
            "A field that must stay empty was filled, perhaps by your browser. It is empty again: "
            "send once more, nothing is lost."
        )
        return Verdict(refusal, stamp)
    if _is_younger(stamp, LEAST):
        refusal = _(
            "This was sent faster than anybody writes. Wait a few seconds, then send again: "
            "nothing is lost."
        )
        return Verdict(refusal, stamp)
    return Verdict("", stamp, ticket)


def too_many(request: HttpRequest) -> str:
    """Count one more answer from this address; what to say when there were too many."""
    address = get_adapter().get_client_ip(request)
    # Not the address itself: the cache is a table.
    key = f"form-answers-{salted_hmac(SALT, address).hexdigest()}"
    cache.add(key, 0, AN_HOUR)
    try:
        count = cache.incr(key)
    except ValueError:
        # The hour ended in between.
        cache.set(key, 1, AN_HOUR)
        count = 1
    if count <= ANSWERS_AN_HOUR:
        return ""
    return _(
        "Many answers came from your connection in an hour. Keep this page open and send again "
        "in an hour: nothing is lost."
    )


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT)


def _ticket(stamp: str, page_id: int) -> str | None:
    try:
        signed_for, ticket = _signer().unsign_object(stamp, max_age=MOST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ticket if signed_for == page_id else None


def _is_younger(stamp: str, age: timedelta) -> bool:
    try:
        _signer().unsign(stamp, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
