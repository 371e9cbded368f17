"""LimeSurvey's questionnaires: the structure (`.lss`) and the tab-separated text. Plain Python.

`structure` and `tabs` turn a file into the same `source.Source`; `translation` turns that into a
definition, and names what has no place in it.
"""

from surveys.questionnaires.interchange import Imported
from surveys.questionnaires.limesurvey import structure, tabs
from surveys.questionnaires.limesurvey.translation import translated

__all__ = ["is_limesurvey", "read"]


def is_limesurvey(content: bytes) -> bool:
    """Whether a file is one of LimeSurvey's, by what it holds."""
    return structure.is_structure(content) or tabs.is_tabs(content)


def read(content: bytes) -> Imported:
    """The questionnaire that a file of LimeSurvey describes, and what of it is not taken.

    Raises `MalformedQuestionnaire`, or `UnreadableWorkbook` when it is not even a file to read.
    """
    reader = structure if structure.is_structure(content) else tabs
    return translated(reader.source(content))
