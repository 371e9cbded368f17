"""The parts of the first screens that belong to no room above."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.utils import timezone

from intranet.desk import queries
from intranet.network.permissions import is_animator, is_member
from intranet.rights.permissions import may

register = template.Library()


def _user(context: Context) -> Any:
    return getattr(context.get("request"), "user", None) or AnonymousUser()


@register.inclusion_tag("intranet/desk/monday.html", takes_context=True)
def monday(context: Context) -> dict[str, Any]:
    """`{% monday %}`: the figures and lists of an animator; nothing for others."""
    user = _user(context)
    follows = is_member(user) and is_animator(user)
    return {
        "matters": queries.matters(at=timezone.now()) if follows else [],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("intranet/desk/whats_new.html", takes_context=True)
def whats_new(context: Context) -> dict[str, Any]:
    """`{% whats_new %}`: what was published lately and this person may read."""
    user = _user(context)
    return {"items": queries.whats_new(user, at=timezone.now()) if is_member(user) else []}


@register.inclusion_tag("intranet/desk/installation.html", takes_context=True)
def installation(context: Context) -> dict[str, Any]:
    """`{% installation %}`: how the installation is, for the administrator alone."""
    return {
        "installation": queries.installation() if may(_user(context), "read", "health") else None
    }
