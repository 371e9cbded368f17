"""How templates write a figure."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

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


@register.filter
def moment(value: str) -> str:
    """A day or a time of day, as people write it."""
    return date_format(date.fromisoformat(value), "j F Y") if "-" in value else value
