"""The outbox: one row for every letter and person, from the moment it is asked for.

The row is the truth. A letter asked for twice is one row; a letter that leaves twice, because a
worker died at the wrong moment, has the same Message-ID both times.
"""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reason(models.TextChoices):
    """Why a letter has not arrived, for people who do not read mail servers' answers."""

    NO_SUCH_ADDRESS = "no-such-address", _("This address does not exist, or no longer.")
    MAILBOX_FULL = "mailbox-full", _("The mailbox is full.")
    UNWANTED = "unwanted", _("The receiving server takes our letter for an unwanted one.")
    REFUSED = "refused", _("The receiving server refuses the letter.")
    POSTPONED = "postponed", _("The receiving server asks to come back later.")
    SERVER_AWAY = "server-away", _("The mail server could not be reached.")
    INTERRUPTED = "interrupted", _("The mail server stopped answering in the middle.")
    NOT_ALLOWED = "not-allowed", _("The mail server does not let us send: check EMAIL_URL.")
    NOT_RECEIVING = "not-receiving", _("Earlier letters to this address came back.")
    UNWRITABLE = "unwritable", _("The letter could not be written: see the logs.")
    WORKER_LOST = "worker-lost", _("The sending was interrupted on our side.")


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        return self.filter(state=Letter.State.WAITING)

    def due(self, at: datetime) -> "LetterQuerySet":
        """What can leave now, in the order in which it has to."""
        return self.waiting().filter(due_at__lte=at).order_by("rank", "due_at")

    def unfinished(self) -> "LetterQuerySet":
        return self.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING])


class Letter(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("letter", "waiting")
        SENDING = "sending", pgettext_lazy("letter", "leaving")
        SENT = "sent", pgettext_lazy("letter", "sent")
        REFUSED = "refused", pgettext_lazy("letter", "refused")
        GIVEN_UP = "given-up", pgettext_lazy("letter", "given up")
        NOT_NEEDED = "not-needed", pgettext_lazy("letter", "no longer needed")

    class Rank(models.IntegerChoices):
        """A forgotten password does not wait behind five thousand weekly letters."""

        PROMPT = 0
        BULK = 1

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(pgettext_lazy("letter", "kind"), max_length=80)
    occasion = models.CharField(max_length=200)
    to = models.EmailField(_("address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="letters",
        verbose_name=_("person"),
    )
    language = models.CharField(max_length=10, default="fr")
    rank = models.PositiveSmallIntegerField(choices=Rank.choices, default=Rank.PROMPT)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    # Either a template and its context, or both bodies as they will be read.
    template = models.CharField(max_length=200, blank=True)
    context = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Opens something (a link to choose a password): emptied as soon as the letter is settled.
    is_secret = models.BooleanField(default=False)
    # Dotted names: asked before the letter leaves, told once it has left.
    check_name = models.CharField(max_length=200, blank=True)
    sent_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        pgettext_lazy("letter", "state"),
        max_length=10,
        choices=State.choices,
        default=State.WAITING,
    )
    # Counts every attempt, and is the proof of who holds the claim.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    reason = models.CharField(
        pgettext_lazy("letter", "reason"), max_length=20, choices=Reason.choices, blank=True
    )
    # What the server said, as it said it.
    answer = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(pgettext_lazy("letter", "asked for"))
    due_at = models.DateTimeField(_("due at"))
    worker = models.CharField(max_length=120, blank=True)
    leased_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(pgettext_lazy("letter", "settled"), null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("mail", "letter")
        verbose_name_plural = pgettext_lazy("mail", "letters")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "occasion", "to"],
                name="one_letter_per_occasion_and_address",
                violation_error_message=_("This letter was already asked for."),
            )
        ]
        indexes = [
            models.Index(fields=["state", "rank", "due_at"], name="letters_to_send"),
            models.Index(fields=["state", "settled_at"], name="letters_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.to}"

    @property
    def message_id(self) -> str:
        """The same at every attempt: a letter that left twice is shown once by mail programs."""
        return f"<{self.pk.hex}@{mail_host()}>"

    @property
    def can_be_sent_again(self) -> bool:
        """A secret was emptied with the first end: its person asks for another."""
        ended = (self.State.REFUSED, self.State.GIVEN_UP)
        return self.state in ended and not self.is_secret


class LetterMark(models.Model):
    """What is left of a letter that was purged: enough not to send it a second time."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    purged_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint


class SilentAddress(models.Model):
    """An address from which letters came back: nothing more is sent there."""

    address = models.EmailField(_("address"))
    since = models.DateTimeField(_("since"))
    reason = models.CharField(max_length=20, choices=Reason.choices)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("address that does not receive")
        verbose_name_plural = _("addresses that do not receive")
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                name="one_row_per_silent_address",
                violation_error_message=_("This address is already known not to receive."),
            )
        ]

    def __str__(self) -> str:
        return self.address


def mail_host() -> str:
    """The name after the @ in our Message-IDs."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"
