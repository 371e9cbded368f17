"""The three circles: everything that the network publishes has one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Circle(models.TextChoices):
    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("the members of the network")
    GROUP = "group", _("a working group")
