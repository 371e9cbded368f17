"""The kinds of things that are found, which the results are sorted into."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """A page type says its own in `search_kind`; without one, it is a page."""

    PAGE = "page", pgettext_lazy("search", "Pages")
    CHARTER = "charter", pgettext_lazy("search", "Charter")
    NEWS = "news", pgettext_lazy("search", "News")
    EVENT = "event", pgettext_lazy("search", "Agenda")
    RESOURCE = "resource", pgettext_lazy("search", "Resources")
    DOCUMENT = "document", pgettext_lazy("search", "Documents")
    DIRECTORY = "directory", pgettext_lazy("search", "Directory")
    QUESTIONNAIRE = "questionnaire", pgettext_lazy("search", "Questionnaires")
