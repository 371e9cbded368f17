"""A text of a definition, in the language of the page."""

from django import template
from django.utils.translation import get_language

from surveys.questionnaires.definition import Text, text_in

register = template.Library()


@register.filter
def in_language(text: Text) -> str:
    return text_in(text, get_language() or "fr")
