"""What people's own space says of signatures."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.utils import timezone

from pages.signatures import permissions, queries

register = template.Library()


@register.inclusion_tag("pages/signatures/in_my_space.html", takes_context=True)
def signatures_in_my_space(context: Context) -> dict[str, Any]:
    """`{% signatures_in_my_space %}`: what awaits the person's associations, and the animator."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    follows = permissions.may_follow_signatures(user)
    return {
        "standings": queries.standings_of(user),
        "counts": queries.counts(at=timezone.now()) if follows else None,
    }


@register.simple_tag(takes_context=True)
def signatures_awaited(context: Context) -> int:
    """How many of the person's associations have something to sign, correct or confirm."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    standings = queries.standings_of(user)
    return sum(bool(one.awaits) and one.may_sign for one in standings)
