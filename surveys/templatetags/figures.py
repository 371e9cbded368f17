"""How templates write a figure."""

from typing import Any

from django import template

from intranet.templatetags.typography import grouped
from surveys.results import shares

register = template.Library()


@register.filter
def statistic(value: int | float | None) -> str:
    """A whole number as it is, any other with two decimals. Nothing for None."""
    return grouped(value, 2 if isinstance(value, float) else 0)


@register.filter
def share_in(choice: dict[str, Any], question: dict[str, Any]) -> float | None:
    return shares.share(question, choice)


@register.filter
def mention_share_in(choice: dict[str, Any], question: dict[str, Any]) -> float | None:
    return shares.mention_share(question, choice)
