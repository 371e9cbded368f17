"""Front door: the tables of the surveys, gathered for Django."""

from surveys.campaigns.models import Campaign, Participation
from surveys.exports.models import Export
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.responses.models import Draft, Response, Trial, Upload

__all__ = [
    "Campaign",
    "Draft",
    "Export",
    "Participation",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Trial",
    "Upload",
]
