"""Addresses that depend on who is answering."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def said_to(text: dict[str, str], filling: Any) -> str:
    """A text of the definition, in the language of who answers."""
    return filling.says(text)


@register.simple_tag
def section_url(filling: Any, number: int) -> str:
    return filling.url("section", number)
