"""What this database is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """The one row that tells a demo, with its invented data and known passwords, from the rest."""

    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="one_installation",
                violation_error_message=_("There is only one installation in a database."),
            )
        ]

    def __str__(self) -> str:
        return "demo" if self.is_demo else "installation"
