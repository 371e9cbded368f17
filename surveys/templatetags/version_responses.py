"""How many responses a version has, said where editors are about to publish the next one.

A template names it, so that questionnaires know nothing of responses.
"""

from django import template

from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses.models import Response

register = template.Library()


@register.simple_tag
def responses_to_version(version: QuestionnaireVersion) -> int:
    return Response.objects.filter(version=version).count()
