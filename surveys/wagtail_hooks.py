"""Front door: what the surveys add to Wagtail's editor, gathered for Wagtail."""

from surveys.campaigns import admin as campaigns
from surveys.campaigns import sheets as campaigns_help
from surveys.questionnaires import admin as questionnaires
from surveys.questionnaires import admin_advice as advice
from surveys.questionnaires import admin_bank as bank
from surveys.questionnaires import admin_files as files
from surveys.questionnaires import admin_renewal as renewal
from surveys.questionnaires import admin_translation as translation
from surveys.questionnaires import sheets as questionnaires_help
from surveys.results import admin as results
from surveys.results import sheets as results_help

__all__ = [
    "advice",
    "bank",
    "campaigns",
    "campaigns_help",
    "files",
    "questionnaires",
    "questionnaires_help",
    "renewal",
    "results",
    "results_help",
    "translation",
]
