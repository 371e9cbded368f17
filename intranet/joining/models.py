"""Somebody who has an account asks by themselves to join an association."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.network.models import Association, Membership


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def open(self) -> "JoinRequestQuerySet":
        """Neither answered nor taken back."""
        return self.filter(state=JoinRequest.State.OPEN)


class JoinRequest(models.Model):
    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request to join", "awaits an answer")
        ACCEPTED = "accepted", pgettext_lazy("request to join", "accepted")
        REFUSED = "refused", pgettext_lazy("request to join", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("request to join", "taken back")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="join_requests",
        verbose_name=_("person"),
    )
    association = models.ForeignKey(
        Association,
        on_delete=models.CASCADE,
        related_name="join_requests",
        verbose_name=_("association"),
    )
    word = models.TextField(_("a word for the association"), max_length=1_000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    # What was given, once it is accepted, and what was said, if it is not.
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role.choices, blank=True)
    answer = models.TextField(_("a word for the person"), max_length=1_000, blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "association"],
                condition=models.Q(state="open"),
                name="one_open_request_per_person_and_association",
                violation_error_message=_("You have already asked to join this association."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.association}"
