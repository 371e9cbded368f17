"""How far the draft of a participation is, said where campaigns are listed."""

from dataclasses import dataclass

from django import template
from django.utils.timezone import localdate

from surveys.campaigns.models import Participation
from surveys.questionnaires.flow import follow
from surveys.responses.models import Draft
from surveys.responses.progress import progress

register = template.Library()


@dataclass(frozen=True)
class Answered:
    answered: int
    asked: int


@register.filter
def draft_progress(participation: Participation) -> Answered | None:
    """None where nothing was begun. Expects `draft__version` to have been selected with it."""
    try:
        draft = participation.draft
    except Draft.DoesNotExist:
        return None
    definition = draft.version.definition
    sections = progress(definition, follow(definition, draft.document, on=localdate()))
    return Answered(
        answered=sum(section.answered for section in sections),
        asked=sum(section.asked for section in sections),
    )
