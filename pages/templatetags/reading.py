"""What the templates of pages ask about a text."""

from django import template

from pages.charter.pieces import is_in_capitals

register = template.Library()


@register.filter
def capitals(text: str) -> str:
    """The class of a title written in capitals, which is set smaller and more widely spaced."""
    return "capitals" if is_in_capitals(text or "") else ""
