"""The form of a section, for the preview of a questionnaire in the editor.

A template names it, so that the builder shows what respondents see without importing it.
"""

from dataclasses import replace

from django import template

from surveys.questionnaires.definition import Section
from surveys.responses.forms import SectionForm, section_form

register = template.Library()


@register.simple_tag
def form_of_section(section: Section) -> SectionForm:
    # Fields are named by code: in a draft, two questions may still have the same.
    questions = tuple(replace(question, code=question.id) for question in section.questions)
    return section_form(replace(section, questions=questions), {})
