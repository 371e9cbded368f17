"""What a mail server's refusal means: for ever or for now, and why, in plain words."""

import re
import smtplib
from dataclasses import dataclass
from typing import Final

from intranet.notifications.models import Reason

ENHANCED: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

# Of RFC 3463: the subject of an enhanced status, and of its detail where that says more.
BY_STATUS: Final = {
    "1": Reason.NO_SUCH_ADDRESS,
    "2.1": Reason.NO_SUCH_ADDRESS,
    "2.2": Reason.MAILBOX_FULL,
    "4.4": Reason.NO_SUCH_ADDRESS,
    "6": Reason.UNWANTED,
    "7": Reason.UNWANTED,
}
BY_CODE: Final = {
    550: Reason.NO_SUCH_ADDRESS,
    551: Reason.NO_SUCH_ADDRESS,
    552: Reason.MAILBOX_FULL,
    553: Reason.NO_SUCH_ADDRESS,
    554: Reason.UNWANTED,
}
# Codes that speak of what we may do, whatever the letter.
ABOUT_US: Final = {530, 534, 535, 538}


@dataclass(frozen=True)
class Refusal:
    reason: Reason
    answer: str
    is_permanent: bool = False
    # Whether the conversation is over, and the next letter needs another one.
    ends_conversation: bool = False

    @property
    def blames_the_address(self) -> bool:
        return self.is_permanent and self.reason == Reason.NO_SUCH_ADDRESS


def reason_of_status(status: str, code: int = 0) -> Reason:
    """Why, from an enhanced status such as `5.1.1` and a code such as 550; either may lack."""
    if found := ENHANCED.search(status):
        _class, subject, detail = found.groups()
        known = BY_STATUS.get(f"{subject}.{detail}") or BY_STATUS.get(subject)
        if known:
            return known
        code = code if subject == "0" else 0
    return BY_CODE.get(code, Reason.REFUSED)


def read_refusal(error: Exception) -> Refusal:
    """What stopped a letter. Only an answer about this letter and this address is for ever."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()), (0, b""))
            return _answered(code, words)
        case smtplib.SMTPDataError():
            return _answered(error.smtp_code, error.smtp_error)
        case smtplib.SMTPSenderRefused() | smtplib.SMTPAuthenticationError():
            answer = _words(error.smtp_code, error.smtp_error)
            return Refusal(Reason.NOT_ALLOWED, answer, ends_conversation=True)
        case smtplib.SMTPNotSupportedError() | UnicodeError() | ValueError():
            return Refusal(Reason.REFUSED, str(error), is_permanent=True)
    # A drop, a silence, a connection refused, a greeting that is none.
    return Refusal(Reason.INTERRUPTED, str(error) or type(error).__name__, ends_conversation=True)


def _answered(code: int, words: bytes | str) -> Refusal:
    answer = _words(code, words)
    if not 500 <= code < 600:
        return Refusal(Reason.POSTPONED, answer, ends_conversation=code == 421)
    if code in ABOUT_US:
        return Refusal(Reason.NOT_ALLOWED, answer, ends_conversation=True)
    return Refusal(reason_of_status(answer, code), answer, is_permanent=True)


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}".strip()
