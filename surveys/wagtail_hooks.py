"""Front door: what the surveys add to Wagtail's editor, gathered for Wagtail."""

from surveys.campaigns import admin as campaigns
from surveys.questionnaires import admin as questionnaires
from surveys.questionnaires import admin_advice as advice
from surveys.questionnaires import admin_bank as bank
from surveys.questionnaires import admin_files as files
from surveys.questionnaires import admin_renewal as renewal
from surveys.questionnaires import admin_translation as translation
from surveys.results import admin as results

__all__ = [
    "advice",
    "bank",
    "campaigns",
    "files",
    "questionnaires",
    "renewal",
    "results",
    "translation",
]
