"""Who is asked, and when."""

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.network.models import Association, Membership
from surveys.questionnaires.models import Questionnaire

# Words that stand where a campaign's slug stands in addresses.
RESERVED_SLUGS: Final = frozenset({"nouvelle"})


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def begun(self, on: date) -> "CampaignQuerySet":
        return self.filter(opens_date__lte=on)

    def planned(self, on: date) -> "CampaignQuerySet":
        return self.filter(opens_date__gt=on).exclude(_is_over(on))

    def open(self, on: date) -> "CampaignQuerySet":
        return self.begun(on).exclude(_is_over(on))

    def closed(self, on: date) -> "CampaignQuerySet":
        return self.filter(_is_over(on))


def _is_over(on: date) -> Q:
    # Each comparison says "is not null" itself: excluded, a null would make the row vanish.
    return Q(closed_date__isnull=False, closed_date__lte=on) | Q(
        closes_date__isnull=False, closes_date__lt=on
    )


class Campaign(models.Model):
    """A questionnaire asked to somebody between two days, both included."""

    class Kind(models.TextChoices):
        SELF_ASSESSMENT = "self-assessment", _("self-assessment")
        NEEDS_SURVEY = "needs-survey", _("needs survey")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("Another campaign has this address: choose another one.")},
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    questionnaire = models.ForeignKey(
        Questionnaire,
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("questionnaire"),
    )
    message = models.TextField(_("message of the invitation"), blank=True)
    opens_date = models.DateField(_("first day"))
    closes_date = models.DateField(_("last day"), null=True, blank=True)
    # The day somebody closed the campaign by hand: from then on, it is closed.
    closed_date = models.DateField(_("closed on"), null=True, editable=False)
    threshold = models.PositiveSmallIntegerField(
        _("smallest group shown"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-opens_date", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_date__isnull=True)
                | models.Q(closes_date__gte=models.F("opens_date")),
                name="campaign_closes_after_it_opens",
                violation_error_message=_(
                    "The last day comes before the first: change one of them."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.slug])

    @property
    def is_anonymous(self) -> bool:
        return self.kind == self.Kind.NEEDS_SURVEY

    def is_planned(self, on: date) -> bool:
        return on < self.opens_date and not self.is_closed(on)

    def is_open(self, on: date) -> bool:
        return self.opens_date <= on and not self.is_closed(on)

    def is_closed(self, on: date) -> bool:
        return (self.closed_date is not None and on >= self.closed_date) or (
            self.closes_date is not None and on > self.closes_date
        )

    @property
    def end_date(self) -> date | None:
        """The day it closes or closed: by hand, or as planned."""
        days = [day for day in (self.closed_date, self.closes_date) if day is not None]
        return min(days, default=None)

    def days_left(self, on: date) -> int | None:
        """Days until the last one, 0 on the last day; None where there is no last day."""
        return None if self.closes_date is None else (self.closes_date - on).days


def representatives_with_account() -> models.QuerySet[Membership]:
    return Membership.objects.filter(role=Membership.Role.REPRESENTATIVE, user__is_active=True)


def _has_address() -> Q:
    representatives = representatives_with_account().filter(association=OuterRef("association"))
    return Q(Exists(representatives)) | ~Q(association__email="")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def unanswered(self) -> "ParticipationQuerySet":
        return self.exclude(state=Participation.State.SUBMITTED)

    def with_reach(self) -> "ParticipationQuerySet":
        """Each row says in `is_reachable` whether a letter has somewhere to go."""
        return self.annotate(is_reachable=_has_address())

    def reachable(self) -> "ParticipationQuerySet":
        return self.filter(_has_address())

    def unreachable(self) -> "ParticipationQuerySet":
        return self.exclude(_has_address())

    def never_invited(self) -> "ParticipationQuerySet":
        return self.filter(invitation_due_at__isnull=True, invited_at__isnull=True)

    def not_written_to_since(self, moment: datetime) -> "ParticipationQuerySet":
        return self.exclude(invitation_due_at__gt=moment)

    def due(self) -> "ParticipationQuerySet":
        """Whose letter was asked for and has not left since."""
        return self.filter(invitation_due_at__isnull=False).filter(
            Q(invited_at__isnull=True) | Q(invited_at__lt=F("invitation_due_at"))
        )


class Participation(models.Model):
    """One association asked in one campaign. Its state only moves forward."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        STARTED = "started", _("started")
        SUBMITTED = "submitted", _("submitted")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participations")
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="participations"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    # A letter is to be sent when this is later than `invited_at`: asked again, sent again.
    invitation_due_at = models.DateTimeField(_("invitation to be sent since"), null=True)
    invited_at = models.DateTimeField(_("invited at"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["association__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "association"],
                name="one_participation_per_association",
                violation_error_message=_("This association is already asked."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.association} · {self.campaign}"

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def awaits_its_letter(self) -> bool:
        return self.invitation_due_at is not None and (
            self.invited_at is None or self.invited_at < self.invitation_due_at
        )
