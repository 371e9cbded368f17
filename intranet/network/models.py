"""Who is in the network, where, and what about: territories, associations, groups, themes."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

QPV_CODE = RegexValidator(
    # The official codes of the 2024 list: QN, department, two digits, kind of territory.
    r"^QN(0\d{2}|02[AB]|97[1-8]|987)\d{2}[MINC]$",
    _("A neighbourhood's code looks like QN07501M."),
)


class Territory(models.Model):
    """A priority neighbourhood. 28 are called "Centre Ville": always show commune and code."""

    code = models.CharField(_("official code"), max_length=8, unique=True, validators=[QPV_CODE])
    name = models.CharField(_("name"), max_length=200)
    commune = models.CharField(_("commune"), max_length=200)

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["commune", "name", "code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.commune}, {self.code})"


class Association(models.Model):
    """A signatory of the charter. A collective has no legal number, and is a full member."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        COLLECTIVE = "collective", _("collective")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.ASSOCIATION
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    territories = models.ManyToManyField(
        Territory, related_name="associations", verbose_name=_("territories"), blank=True
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person does in an association."""

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", _("representative")
        CONTRIBUTOR = "contributor", _("contributor")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    # An association that has members is deactivated, not deleted.
    association = models.ForeignKey(
        Association,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("association"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "association"],
                name="one_membership_per_person_and_association",
                violation_error_message=_("This person already belongs to this association."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.association}"


class Theme(models.Model):
    """What news, resources and events are about: health, housing, youth…"""

    name = models.CharField(
        _("name"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("There is already a theme with this name.")},
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkingGroup(models.Model):
    """Some people of the network, who may keep pages to themselves.

    Wagtail knows it as an authentication group, which its page privacy names.
    """

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("There is already a working group with this name.")},
    )
    group = models.OneToOneField(
        Group,
        on_delete=models.PROTECT,
        related_name="working_group",
        verbose_name=_("authentication group"),
        editable=False,
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="working_groups",
        verbose_name=_("people"),
        blank=True,
    )

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
