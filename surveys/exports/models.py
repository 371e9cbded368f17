"""Files that somebody asked for."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.models import Campaign


class Export(models.Model):
    class Format(models.TextChoices):
        XLSX = "xlsx", _("workbook (Excel, LibreOffice)")
        CSV = "csv", _("CSV")

    class Content(models.TextChoices):
        FIGURES = "figures", _("figures")
        ROWS = "rows", _("figures and responses, one a row")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    content = models.CharField(_("content"), max_length=10, choices=Content.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    progress = models.PositiveSmallIntegerField(_("progress, in percent"), default=0)
    file = models.CharField(_("file"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("asked for at"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.get_format_display()}"
