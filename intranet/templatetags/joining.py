"""The way from the page of an association to asking to join it."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context

from intranet.joining import permissions, queries
from intranet.joining.models import JoinRequest
from intranet.network.models import Association
from intranet.network.permissions import acts_for

register = template.Library()


@register.simple_tag(takes_context=True)
def my_open_requests(context: Context) -> list[JoinRequest]:
    """`{% my_open_requests as requests %}`: what the person asked for and nobody answered yet."""
    user: Any = getattr(context.get("request"), "user", None) or AnonymousUser()
    if not permissions.may_ask(user):
        return []
    return [one for one in queries.requests_of(user) if one.state == JoinRequest.State.OPEN]


@register.inclusion_tag("intranet/joining/link.html", takes_context=True)
def join_link(context: Context, association: Association) -> dict[str, Any]:
    """`{% join_link association %}`: for whoever has an account and is not of it."""
    user: Any = getattr(context.get("request"), "user", None) or AnonymousUser()
    may_ask = permissions.may_ask(user) and not acts_for(user, association)
    return {
        "association": association,
        "may_ask": may_ask,
        "asked": queries.open_request(user, association) if may_ask else None,
    }
