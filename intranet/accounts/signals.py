"""What a session remembers of a second factor that was set up in it."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from intranet.accounts.models import User
from intranet.accounts.permissions import SET_UP


@receiver(authenticator_added, dispatch_uid="accounts.second_factor_set_up")
def second_factor_set_up(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SET_UP] = str(user.pk)
