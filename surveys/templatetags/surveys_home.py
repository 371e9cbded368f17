"""What the home page says of surveys, without its templates knowing more than a name."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.utils import timezone

from surveys.campaigns import queries

register = template.Library()


@register.inclusion_tag("surveys/campaigns/home.html", takes_context=True)
def surveys_home(context: Context) -> dict[str, Any]:
    """`{% surveys_home %}`: the open needs surveys and, logged in, what awaits the person."""
    on = timezone.localdate()
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    return {
        "today": on,
        "awaited": queries.awaited_participations(user, on),
        "surveys": queries.open_needs_surveys(on=on),
    }
