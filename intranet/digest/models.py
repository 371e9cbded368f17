"""The weekly letter: what it says, what each person was sent, and at which rhythm they want it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.digest.contract import Section


class DigestEntry(models.Model):
    """One item, as told to everybody who is sent it; stored once however many they are."""

    key = models.CharField(max_length=120, unique=True)
    section = models.CharField(max_length=20, choices=Section.choices)
    title = models.CharField(max_length=255)
    text = models.TextField()
    path = models.CharField(max_length=500)
    at = models.DateTimeField()
    due_date = models.DateField(null=True)
    # Not a foreign key: the page may go, and what was sent stays.
    page_id = models.PositiveBigIntegerField(null=True)
    check_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("item of the weekly letter")
        verbose_name_plural = _("items of the weekly letter")

    def __str__(self) -> str:
        return self.title


class DigestLetter(models.Model):
    """What one person was sent one week: entries by number, and through them the memory."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_letters"
    )
    # "weekly 2026-W48", or "daily 2026-11-27": one letter each, whoever runs the building.
    occasion = models.CharField(max_length=30)
    entries = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("weekly letter")
        verbose_name_plural = _("weekly letters")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "occasion"],
                name="one_digest_per_person_and_occasion",
                violation_error_message=_("This person already has that week's letter."),
            )
        ]
        indexes = [models.Index(fields=["made_at"], name="digest_letters_by_age")]

    def __str__(self) -> str:
        return f"{self.person} · {self.occasion}"


class DigestPreference(models.Model):
    """The rhythm a person chose; those who chose nothing have a letter each week."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", pgettext_lazy("digest", "each week, everything")
        DEADLINES = "deadlines", pgettext_lazy("digest", "each day, deadlines only")
        NEVER = "never", pgettext_lazy("digest", "no letter")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_preference"
    )
    rhythm = models.CharField(
        pgettext_lazy("digest", "rhythm"),
        max_length=10,
        choices=Rhythm.choices,
        default=Rhythm.WEEKLY,
    )
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rhythm of the letter")
        verbose_name_plural = _("rhythms of the letter")

    def __str__(self) -> str:
        return f"{self.person} · {self.get_rhythm_display()}"
