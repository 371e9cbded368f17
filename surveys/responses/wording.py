"""Answers, and reasons to refuse them, as sentences that a person reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from intranet.spreadsheets import UnreadableWorkbook
from intranet.spreadsheets import wording as spreadsheets
from surveys.questionnaires.definition import OTHER, Definition, Question, text_in
from surveys.questionnaires.question_types import InvalidAnswer, is_number
from surveys.responses.progress import asked

YES = pgettext_lazy("answer", "Yes")
NO = pgettext_lazy("answer", "No")
OTHER_LABEL = pgettext_lazy("choice", "Other")

REASONS = {
    "unknown_choice": gettext_lazy("This answer is not one of those proposed: choose again."),
    "one_choice_only": gettext_lazy("Only one answer is possible here: keep one of them."),
    "not_a_text": gettext_lazy("A text is expected here."),
    "not_yes_or_no": gettext_lazy("Answer yes or no."),
    "not_a_number": gettext_lazy("Write a number, in figures: for example 12 or 1 200."),
    "not_whole": gettext_lazy("Write a whole number, without decimals: for example 12."),
    "too_small": gettext_lazy("Write a number that is %(minimum)s or more."),
    "too_large": gettext_lazy("Write a number that is %(maximum)s or less."),
    "too_long": gettext_lazy(
        "This text has %(length)s characters and %(maximum)s are possible: shorten it."
    ),
    "exclusive_choice": gettext_lazy(
        "“%(label)s” goes without any other answer: untick it, or untick the others."
    ),
    "text_beside_choice": gettext_lazy(
        "You specified something else, but chose “%(label)s”: choose “Other”, or erase your text."
    ),
    "too_few_choices": gettext_lazy("Choose %(minimum)s answers at least."),
    "too_many_choices": gettext_lazy("Choose %(maximum)s answers at most: untick the others."),
    "ranked_twice": gettext_lazy("“%(label)s” is ranked twice: keep one of its ranks."),
    "rank_twice": gettext_lazy("Two answers have the rank %(rank)s: give each its own."),
    "rank_missing": gettext_lazy("No answer has the rank %(rank)s: number them without a gap."),
    "not_a_rank": gettext_lazy("A rank is a number from 1, the best, to %(maximum)s."),
    "too_few_ranks": gettext_lazy("Rank %(expected)s answers: %(given)s have a rank so far."),
    "too_many_ranks": gettext_lazy("Rank %(maximum)s answers at most: take the others away."),
    "not_rows": gettext_lazy("An answer by row is expected here."),
    "unknown_row": gettext_lazy("“%(value)s” is not one of the rows of this question."),
    "not_an_email": gettext_lazy("Write an e-mail address: for example prenom@exemple.fr."),
    "not_a_phone": gettext_lazy(
        "Write a telephone number, with the country's prefix if it is not French: for example "
        "06 12 34 56 78 or +32 470 12 34 56."
    ),
    "not_a_date": gettext_lazy("Write the day, the month and the year: for example 31/12/2026."),
    "no_such_day": gettext_lazy("This day does not exist: check the day, the month and the year."),
    "not_a_time": gettext_lazy("Write the hour and the minutes: for example 14:30."),
    "unknown_territory": gettext_lazy(
        "No neighbourhood has this code: look for it by its name or its commune."
    ),
    "not_a_position": gettext_lazy(
        "A latitude goes from -90 to 90 and a longitude from -180 to 180: for example 48,8566 "
        "and 2,3522."
    ),
    "half_a_position": gettext_lazy("Write both the latitude and the longitude, or neither."),
    "cannot_decline": gettext_lazy("This question does not offer “I prefer not to say”."),
    "declined_and_answered": gettext_lazy(
        "You answered, and also ticked “I prefer not to say”: untick it, or erase your answer."
    ),
    "not_a_question": gettext_lazy("No answer is expected here."),
    "not_ticked": gettext_lazy("Write 1 where the choice was ticked, 0 where it was not."),
}

PROBLEMS = {
    "too_many_cells": gettext_lazy("This line has more cells than there are columns."),
    "not_json": gettext_lazy("This line is not valid JSON."),
    "not_an_object": gettext_lazy("This line is not a JSON object: {“code”: answer, …}."),
    "unknown_column": gettext_lazy(
        "No question has this code: correct it, or put “_” before it if it is not an answer."
    ),
    "identifier_twice": gettext_lazy(
        "Another line has the same identifier and other answers: correct one of them."
    ),
}

UNREADABLE = {
    "unknown_format": gettext_lazy(
        "%(suffix)s files cannot be imported: save it as a workbook (.xlsx, .ods), as CSV (.csv) "
        "or as JSON lines (.jsonl)."
    ),
    "several_sheets": gettext_lazy(
        "Several sheets hold something (%(names)s): keep the one of the responses only."
    ),
    "never_calculated": gettext_lazy(
        "The formula of cell %(cell)s was never calculated: open the file in a spreadsheet "
        "program and save it again."
    ),
    "column_twice": gettext_lazy("Two columns are called %(column)s: rename or remove one."),
    "no_columns": gettext_lazy("This file is empty: its first line must name the columns."),
}


@dataclass(frozen=True)
class AnswerInWords:
    question: Question
    label: str
    text: str


@dataclass(frozen=True)
class SectionInWords:
    number: int
    title: str
    answers: list[AnswerInWords]


def reason_in_words(error: InvalidAnswer, language: str = "fr") -> str:
    """Why a value cannot answer a question, and what to do."""
    params = {
        name: number_format(value, force_grouping=True) if is_number(value) else value
        for name, value in error.params.items()
    }
    if isinstance(label := error.params.get("label"), dict):
        params["label"] = text_in(label, language)
    return REASONS[error.reason] % params


def problem_in_words(problem: str) -> str:
    """Why a line of a file cannot be read."""
    return str(PROBLEMS[problem])


def unreadable_in_words(error: UnreadableWorkbook) -> str:
    """Why a whole file cannot be read, and what to do."""
    if error.reason in UNREADABLE:
        return UNREADABLE[error.reason] % error.params
    return spreadsheets.unreadable_in_words(error)


def choice_in_words(question: Question, choice_id: str, language: str) -> str:
    if choice_id == OTHER:
        return str(OTHER_LABEL)
    choice = question.choice(choice_id)
    return text_in(choice.label, language) if choice else choice_id


def answer_in_words(question: Question, value: Any, language: str = "fr") -> str:
    """The answer as text, several choices one a line; blank if nothing was answered."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if question.kind == "rating":
        return _("%(rating)s out of 10") % {"rating": value}
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    if isinstance(value, dict):
        return "\n".join(_choices_in_words(question, value, language))
    return str(value)


def _choices_in_words(question: Question, value: dict[str, Any], language: str) -> list[str]:
    chosen = value.get("choices") or value.get("choice") or []
    chosen = chosen if isinstance(chosen, list) else [chosen]
    lines = [choice_in_words(question, one, language) for one in chosen if one != OTHER]
    if specified := value.get("other"):
        return [*lines, _("Other: %(text)s") % {"text": specified}]
    return [*lines, str(OTHER_LABEL)] if OTHER in chosen else lines


def document_in_words(
    definition: Definition, document: Mapping[str, Any], language: str = "fr"
) -> list[SectionInWords]:
    """Every question in the order of reading, with its answer or a blank."""
    return [
        SectionInWords(
            number=number,
            title=text_in(section.title, language),
            answers=[
                AnswerInWords(
                    question=question,
                    label=text_in(question.label, language),
                    text=answer_in_words(question, document.get(question.id), language),
                )
                for question in asked(section.questions)
            ],
        )
        for number, section in enumerate(definition.sections, start=1)
    ]


def as_plain_text(sections: list[SectionInWords]) -> str:
    """What was answered, to be copied or printed; questions without an answer are left out."""
    lines: list[str] = []
    for section in sections:
        answered = [answer for answer in section.answers if answer.text]
        if answered:
            lines += [section.title, ""]
        for answer in answered:
            lines += [answer.label, answer.text, ""]
    return "\n".join(lines).strip() or pgettext("answers", "Nothing yet.")
