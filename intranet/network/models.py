"""Who is in the network, where, and what about: territories, associations, groups, themes."""

from typing import Final

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

QPV_CODE = RegexValidator(
    # The official codes of the 2024 list: QN, department, two digits, kind of territory.
    r"^QN(0\d{2}|02[AB]|97[1-8]|987)\d{2}[MINC]$",
    _("A neighbourhood's code looks like QN07501M."),
)

# An address that browsers open; Django's own fields also let files and transfers through.
ON_THE_WEB = RegexValidator(
    r"^(?i:https?)://",
    _("The address of a website begins with https:// or http://."),
)

OWN_FEDERATION: Final = _(
    "An association is not its own federation, even through others: choose another one, or none."
)


def department_of(code: str) -> str:
    """The department in a neighbourhood's code: `"75"`, `"2A"`, `"974"`."""
    digits = code[2:5]
    return digits if digits.startswith(("97", "98")) else digits.removeprefix("0")


class Territory(models.Model):
    """A priority neighbourhood. 28 are called "Centre Ville": always show commune and code."""

    code = models.CharField(_("official code"), max_length=8, unique=True, validators=[QPV_CODE])
    name = models.CharField(_("name"), max_length=200)
    commune = models.CharField(
        _("commune"),
        max_length=200,
        help_text=_("Several are separated by a comma: 149 neighbourhoods span several communes."),
    )
    department = models.CharField(_("department"), max_length=3, blank=True, editable=False)
    insee_codes = models.CharField(
        _("INSEE codes of the communes"),
        max_length=120,
        blank=True,
        help_text=_("Several are separated by a space."),
    )
    # Degrees, WGS 84, of the centre of the neighbourhood; nothing when nobody wrote it down.
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["commune", "name", "code"]

    def save(self, *args, **kwargs) -> None:
        self.department = department_of(self.code)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "department"}
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.name} ({self.commune}, {self.code})"


class Association(models.Model):
    """A signatory of the charter. A collective has no legal number, and is a full member."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        COLLECTIVE = "collective", _("collective")
        FEDERATION = "federation", _("federation")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.ASSOCIATION
    )
    presentation = models.TextField(_("presentation"), max_length=1_000, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True, validators=[ON_THE_WEB])
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    rna = models.CharField(
        _("RNA number"),
        max_length=10,
        blank=True,
        help_text=_(
            "W and nine characters. A collective has none, nor has an association of "
            "Alsace or Moselle."
        ),
    )
    siret = models.CharField(_("SIRET number"), max_length=14, blank=True)
    federation = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="affiliates",
        limit_choices_to={"kind": "federation"},
        verbose_name=_("federation"),
    )
    # Leaving the members' circle is a deliberate act.
    is_public = models.BooleanField(
        _("shown to everybody"),
        default=False,
        help_text=_("Otherwise only the members of the network see its page in the directory."),
    )
    territories = models.ManyToManyField(
        Territory, related_name="associations", verbose_name=_("territories"), blank=True
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["rna"],
                condition=~models.Q(rna=""),
                name="one_association_per_rna",
                violation_error_message=_("Another association has this RNA number."),
            ),
            models.UniqueConstraint(
                fields=["siret"],
                condition=~models.Q(siret=""),
                name="one_association_per_siret",
                violation_error_message=_("Another association has this SIRET number."),
            ),
            models.CheckConstraint(
                condition=models.Q(federation=None) | ~models.Q(federation=models.F("pk")),
                name="no_association_is_its_own_federation",
                violation_error_message=OWN_FEDERATION,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.pk is not None and self.pk in _above(self):
            raise ValidationError({"federation": OWN_FEDERATION})


def _above(association: Association) -> list[int]:
    """The federation of an association, that one's, and so on, each once."""
    above: list[int] = []
    key = association.federation_id
    while key is not None and key not in above:
        above.append(key)
        found = Association.objects.filter(pk=key)
        key = found.values_list("federation_id", flat=True).first()
    return above


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
    joined_at = models.DateTimeField(_("member since"), default=timezone.now, editable=False)

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
    # The circle of a territory is composed by memberships (see `intranet.network.circles`).
    territory = models.OneToOneField(
        Territory,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="circle",
        verbose_name=_("territory"),
        editable=False,
    )

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
