"""A mail server that refuses, hangs and drops, and remembers what it has accepted."""

import asyncio
import email
import random
import socket
import time
from collections import Counter, defaultdict

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

NO_SUCH = "nobody"


class Whims:
    """Decides, letter by letter; a letter is accepted once it is written down here."""

    def __init__(self, *, seed: int = 5, hang: float = 4.0) -> None:
        self.random = random.Random(seed)
        self.hang = hang
        self.accepted: Counter[str] = Counter()
        self.message_ids: defaultdict[str, set[str]] = defaultdict(set)
        self.did: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith(NO_SUCH):
            self.did["refused for ever"] += 1
            return "550 5.1.1 No such user here"
        if self.random.random() < 0.02:
            self.did["refused for now"] += 1
            return "450 4.2.0 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        fate = self.random.random()
        if fate < 0.001:
            self.did["hung"] += 1
            await asyncio.sleep(self.hang)
            self._drop(server)
            return "451 Too late"
        if fate < 0.01:
            self.did["dropped"] += 1
            self._drop(server)
            return "451 Gone"
        if fate < 0.02:
            self.did["refused for now"] += 1
            return "451 4.3.0 Try again later"
        message = email.message_from_bytes(envelope.content or b"")
        [address] = envelope.rcpt_tos
        self.accepted[address] += 1
        self.message_ids[address].add(str(message["Message-ID"]))
        return "250 OK"

    @staticmethod
    def _drop(server: SMTP) -> None:
        if server.transport is not None:
            server.transport.abort()

    @property
    def duplicates(self) -> int:
        return self.accepted.total() - len(self.accepted)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """Listens on a port of its own, which it keeps through its absences."""

    def __init__(self, whims: Whims) -> None:
        self.whims = whims
        self.port = free_port()
        self.controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self.whims, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def go_away(self, seconds: float) -> None:
        self.stop()
        time.sleep(seconds)
        self.start()
