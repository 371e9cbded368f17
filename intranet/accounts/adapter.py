from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.auth.models import AnonymousUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils import timezone

from intranet.accounts.models import User
from intranet.accounts.queries import has_app, has_second_factor
from intranet.notifications.operations import queue_secret_letter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by being invited by the network, not by themselves."""
        return False

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict]:
        """A password alone does not undo what a second factor protects."""
        methods = super().get_reauthentication_methods(user)
        if not isinstance(user, User) or not has_second_factor(user):
            return methods
        methods = [one for one in methods if one["id"] != "reauthenticate"]
        # Who has no app is asked for the key first, not for a recovery code.
        return methods if has_app(user) else methods[::-1]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Written here, where the request is known; the outbox sends it, then forgets the words."""
        known = {
            "request": current.request,
            "email": email,
            "current_site": get_current_site(current.request),
        }
        message = self.render_mail(template_prefix, email, known | context)
        assert isinstance(message, EmailMultiAlternatives)
        queue_secret_letter(
            kind=template_prefix.replace("/email/", "/"),
            to=email,
            person=User.objects.filter(email__iexact=email).first(),
            subject=str(message.subject),
            text=str(message.body),
            html="".join(str(content) for content, _kind in message.alternatives),
            at=timezone.now(),
        )
