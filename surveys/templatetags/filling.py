"""Addresses that depend on who is answering."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def section_url(filling: Any, number: int) -> str:
    return filling.url("section", number)
