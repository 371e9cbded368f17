"""One conversation with the mail server, for many letters."""

import smtplib
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# Many servers end a conversation that carries more.
LETTERS_A_CONVERSATION = 100


class ServerAway(Exception):
    """No conversation could be begun: nothing was wrong with the letter."""


class _Patient:
    """Waits longer for the receipt of a letter than for any other answer.

    A server that was given a letter and is slow to say so has taken it: to hang up on it is to
    send it twice (RFC 5321 asks for ten minutes).
    """

    def data(self, msg):
        usual = self.sock.gettimeout()
        self.sock.settimeout(max(usual or 0, settings.EMAIL_RECEIPT_TIMEOUT))
        answer = super().data(msg)
        if self.sock is not None:
            self.sock.settimeout(usual)
        return answer


class _PatientSMTP(_Patient, smtplib.SMTP):
    pass


class _PatientSMTPOverTLS(_Patient, smtplib.SMTP_SSL):
    pass


class PatientBackend(EmailBackend):
    @property
    def connection_class(self):
        return _PatientSMTPOverTLS if self.use_ssl else _PatientSMTP


class Postman:
    """Opens a conversation when a letter is to be carried, and keeps it for the next ones."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.hang_up()

    def carry(self, message: EmailMessage) -> None:
        """Give the message to the server. Raises `ServerAway`, or what stopped this letter."""
        backend = self._backend or self._begin()
        backend.send_messages([message])
        self._carried += 1
        # Whatever is no server has no conversation to keep: one file a letter, in the demo.
        if self._carried >= LETTERS_A_CONVERSATION or not isinstance(backend, EmailBackend):
            self.hang_up()

    def _begin(self) -> BaseEmailBackend:
        backend = get_connection()
        if isinstance(backend, EmailBackend):
            backend = PatientBackend()
        try:
            backend.open()
        except (smtplib.SMTPException, OSError) as error:
            raise ServerAway from error
        self._backend = backend
        return backend

    def hang_up(self) -> None:
        backend, self._backend, self._carried = self._backend, None, 0
        if backend is None:
            return
        try:
            backend.close()
        except (smtplib.SMTPException, OSError):
            # The server had hung up before.
            return
