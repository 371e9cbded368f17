"""What the last self-assessment says of a commitment, on the commitment's own page.

The charter's template names the tag, so that the charter knows nothing of surveys.
"""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.utils import timezone

from pages.charter.models import Commitment
from surveys.campaigns.permissions import may_see_campaigns
from surveys.results.drawing import drawn
from surveys.results.queries import last_figures_of

register = template.Library()


@register.inclusion_tag("surveys/results/of_commitment.html", takes_context=True)
def commitment_figures(context: Context, commitment: Commitment) -> dict[str, Any]:
    """`{% commitment_figures commitment %}`: for members; the others read that they exist."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    if not may_see_campaigns(user):
        return {"is_member": False}
    campaign, questions = last_figures_of(commitment, on=timezone.localdate())
    return {"is_member": True, "campaign": campaign, "questions": drawn(questions)}
