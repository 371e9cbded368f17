"""People with an account: they log in with their e-mail address."""

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody already has an account with this address.")},
    )
    preferred_language = models.CharField(_("language"), max_length=10, default="fr")
    # What the other members of the network see of somebody, as far as they agree to show it.
    in_directory = models.BooleanField(_("shown in the directory"), default=False)
    function = models.CharField(_("what you do"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    shows_email = models.BooleanField(_("address shown"), default=False)
    shows_phone = models.BooleanField(_("telephone shown"), default=False)
    # An account that was closed keeps its row, without a name: what it wrote stays unsigned.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_address",
                violation_error_message=_("Somebody already has an account with this address."),
            )
        ]

    def __str__(self) -> str:
        if self.closed_at:
            return gettext("a person whose account is closed")
        return self.get_full_name() or self.email
