from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils import timezone

from intranet.accounts.models import User
from intranet.notifications.operations import queue_secret_letter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by being invited by the network, not by themselves."""
        return False

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
