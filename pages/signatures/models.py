"""Which associations have signed the charter, which version, and every step of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.network.models import Association, Membership
from pages.charter.models import CharterVersion

BETWEEN_REMINDERS = timedelta(days=1)


class State(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("signature", "to be validated")
    TO_CORRECT = "to-correct", pgettext_lazy("signature", "to be corrected")
    VALIDATED = "validated", pgettext_lazy("signature", "validated")
    TO_CONFIRM = "to-confirm", pgettext_lazy("signature", "to be confirmed again")
    WITHDRAWN = "withdrawn", pgettext_lazy("signature", "withdrawn")


PUBLISHED_STATES = (State.VALIDATED, State.TO_CONFIRM)
"""An association that is asked to confirm is still a signatory of what it signed."""


def has_address() -> Q:
    """Whether a letter about an association's signature has somewhere to go."""
    representatives = Membership.objects.filter(
        association=OuterRef("association"),
        role=Membership.Role.REPRESENTATIVE,
        user__is_active=True,
    )
    return Q(Exists(representatives)) | ~Q(association__email="")


class SignatureQuerySet(models.QuerySet["Signature"]):
    def in_force(self) -> "SignatureQuerySet":
        """Those of the associations that the network counts as signatories."""
        return self.filter(state__in=PUBLISHED_STATES, association__is_active=True)

    def to_remind(self, at: datetime) -> "SignatureQuerySet":
        """Asked to confirm, reachable, and not written to since yesterday."""
        since = at - BETWEEN_REMINDERS
        not_lately = Q(asked_at=None) | Q(asked_at__lte=since)
        return self.filter(
            has_address(), not_lately, state=State.TO_CONFIRM, association__is_active=True
        )


class Signature(models.Model):
    """The signature of an association: one row, whatever becomes of it."""

    association = models.OneToOneField(
        Association,
        on_delete=models.PROTECT,
        related_name="signature",
        verbose_name=_("association"),
        error_messages={"unique": _("This association has already signed.")},
    )
    version = models.ForeignKey(
        CharterVersion,
        on_delete=models.PROTECT,
        related_name="signatures",
        verbose_name=_("version signed"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    board_date = models.DateField(_("date of the board's decision"))
    signatory_name = models.CharField(_("who signed"), max_length=150)
    signatory_function = models.CharField(_("function"), max_length=150)
    shows_name = models.BooleanField(_("name shown to everybody"), default=False)
    signed_at = models.DateTimeField(_("signed on"))
    # The last letter that asked to confirm, or reminded of it.
    asked_at = models.DateTimeField(_("asked to confirm on"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["association__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="a_signature_has_a_known_state",
                violation_error_message=_("A signature cannot be in this state."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association} · {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("signature", args=[self.association.slug])

    @property
    def is_in_force(self) -> bool:
        return self.state in PUBLISHED_STATES


class Step(models.Model):
    """Something that happened to a signature. Steps are added, never changed."""

    class Kind(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("step", "Signed")
        CORRECTION_ASKED = "correction-asked", pgettext_lazy("step", "Correction asked")
        VALIDATED = "validated", pgettext_lazy("step", "Validated")
        ASKED = "asked", pgettext_lazy("step", "Asked to confirm")
        REMINDED = "reminded", pgettext_lazy("step", "Reminded")
        CONFIRMED = "confirmed", pgettext_lazy("step", "Confirmed")
        WITHDRAWN = "withdrawn", pgettext_lazy("step", "Withdrawn")

    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, related_name="steps", verbose_name=_("signature")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    version = models.ForeignKey(
        CharterVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    board_date = models.DateField(_("date of the board's decision"), null=True, blank=True)
    signatory_name = models.CharField(_("who signed"), max_length=150, blank=True)
    signatory_function = models.CharField(_("function"), max_length=150, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("step of a signature")
        verbose_name_plural = _("steps of signatures")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "version"],
                condition=Q(kind="asked"),
                name="asked_to_confirm_once_per_version",
                violation_error_message=_(
                    "This association was already asked to confirm this version."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature} · {self.get_kind_display()}"
