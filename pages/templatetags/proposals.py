"""What people's own space says of what they proposed."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.utils import timezone

from pages.home import desk

register = template.Library()


@register.inclusion_tag("pages/home/proposed.html", takes_context=True)
def proposed_resources(context: Context) -> dict[str, Any]:
    """`{% proposed_resources %}`: what became of the resources that the person proposed."""
    request = context.get("request")
    user: Any = getattr(request, "user", None) or AnonymousUser()
    proposed = desk.proposed_by(user, at=timezone.now()) if user.is_authenticated else []
    return {"proposed": proposed, "request": request}
