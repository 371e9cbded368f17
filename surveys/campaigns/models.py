"""Who is asked, and when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.network.models import Association
from surveys.questionnaires.models import Questionnaire


class Campaign(models.Model):
    """A questionnaire asked to somebody between two days, both included."""

    class Kind(models.TextChoices):
        SELF_ASSESSMENT = "self-assessment", _("self-assessment")
        NEEDS_SURVEY = "needs-survey", _("needs survey")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
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
    threshold = models.PositiveSmallIntegerField(_("smallest group shown"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

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

    def is_open(self, on: date) -> bool:
        return self.opens_date <= on and not self.is_closed(on)

    def is_closed(self, on: date) -> bool:
        return self.closes_date is not None and on > self.closes_date


class Participation(models.Model):
    """One association asked in one campaign."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        STARTED = "started", _("started")
        SUBMITTED = "submitted", _("submitted")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participations")
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="participations"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    invited_at = models.DateTimeField(_("invited at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)

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
