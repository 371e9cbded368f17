"""What the templates of pages ask about a text."""

from django import template
from django.template import Context

from pages.charter.models import CharterPage
from pages.charter.pieces import is_in_capitals

register = template.Library()


@register.filter
def capitals(text: str) -> str:
    """The class of a title written in capitals, which is set smaller and more widely spaced."""
    return "capitals" if is_in_capitals(text or "") else ""


@register.simple_tag(takes_context=True)
def charter_address(context: Context) -> str:
    """Where the whole charter is read, which the anchor of a commitment completes."""
    charter = CharterPage.objects.live().first()
    return (charter.get_url(context.get("request")) or "") if charter else ""
