"""Reading a delivery report (RFC 3464): which letter came back, and why."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message

from intranet.notifications.models import Reason
from intranet.notifications.refusals import reason_of_status

FAILED = "failed"
# What says nothing of the address: the mailbox may be emptied, the next letter be shorter.
PASSING = {Reason.MAILBOX_FULL, Reason.UNWANTED}


class NotAReport(Exception):
    """The message is not a delivery report that names a letter."""


@dataclass(frozen=True)
class Bounce:
    message_id: str
    action: str
    status: str
    answer: str

    @property
    def has_failed(self) -> bool:
        """A report may also say that a letter is late, or has arrived."""
        return self.action == FAILED

    @property
    def reason(self) -> Reason:
        return reason_of_status(self.status)

    @property
    def blames_the_address(self) -> bool:
        return self.has_failed and self.status.startswith("5") and self.reason not in PASSING


def read_report(raw: bytes) -> Bounce:
    """What a delivery report says. Raises `NotAReport`."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = list(message.walk())
    recipient = next(filter(None, map(_about_the_recipient, parts)), None)
    message_id = _original_message_id(message, parts)
    if recipient is None or not message_id:
        raise NotAReport
    return Bounce(
        message_id=message_id,
        action=_field(recipient, "Action").lower(),
        status=_field(recipient, "Status"),
        answer=_field(recipient, "Diagnostic-Code").partition(";")[2].strip()
        or _field(recipient, "Diagnostic-Code"),
    )


def _about_the_recipient(part: Message) -> Message | None:
    """The first block with an action; the one before speaks of the report itself."""
    blocks = part.get_payload()
    if not part.get_content_type().endswith("delivery-status") or not isinstance(blocks, list):
        return None
    return next((one for one in blocks if isinstance(one, Message) and "Action" in one), None)


def _original_message_id(message: EmailMessage, parts: Sequence[Message]) -> str:
    for part in parts:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            headers = email.message_from_string(str(part.get_payload(decode=False)))
            if headers["Message-ID"]:
                return str(headers["Message-ID"]).strip()
        if kind == "message/rfc822":
            inside = part.get_payload()
            original = inside[0] if isinstance(inside, list) and inside else None
            if isinstance(original, Message) and original["Message-ID"]:
                return str(original["Message-ID"]).strip()
    # Some servers send nothing back but the number of what they answer.
    return str(message["In-Reply-To"] or "").strip()


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())
