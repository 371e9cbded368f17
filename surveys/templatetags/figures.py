"""How templates write a figure."""

from django import template

from intranet.templatetags.typography import grouped

register = template.Library()


@register.filter
def statistic(value: int | float | None) -> str:
    """A whole number as it is, any other with two decimals. Nothing for None."""
    return grouped(value, 2 if isinstance(value, float) else 0)
