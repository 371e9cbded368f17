"""Somebody who was asked by letter to join an association, or to take on a role of the network."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.network.models import Association, Membership
from intranet.notifications.models import Letter


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unsettled(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; its link may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def pending(self, at: datetime) -> "InvitationQuerySet":
        return self.unsettled().filter(expires_at__gt=at)


class Invitation(models.Model):
    """The link is known by its fingerprint alone: nobody reads it here, and a new one ends it."""

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", _("representative")
        CONTRIBUTOR = "contributor", _("contributor")
        ANIMATOR = "animator", pgettext_lazy("role", "network animator")
        EDITOR = "editor", pgettext_lazy("role", "editor")
        PARTNER = "partner", pgettext_lazy("role", "public partner")

    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    # Empty for a role of the network.
    association = models.ForeignKey(
        Association,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("association"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    # The representative whose place is taken as soon as the invitation is accepted.
    replaces = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    replaced_leaves = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    sent_count = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "association",
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_invitation_per_address_and_association",
                violation_error_message=_("This person is already invited."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None, association=None),
                name="one_invitation_per_address_to_the_network",
                violation_error_message=_("This person is already invited."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def came_back(self) -> bool:
        """Whether the outbox could not deliver the last letter."""
        failed = (Letter.State.REFUSED, Letter.State.GIVEN_UP)
        return self.letter is not None and self.letter.state in failed

    def is_expired(self, at: datetime) -> bool:
        return self.expires_at <= at
