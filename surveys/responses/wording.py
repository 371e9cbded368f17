"""Answers, and reasons to refuse them, as sentences that a person reads."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import phonenumbers
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from intranet.files import wording as files
from intranet.network.queries import territory_with
from intranet.spreadsheets import UnreadableWorkbook
from intranet.spreadsheets import wording as spreadsheets
from surveys.questionnaires.definition import COMPUTED, OTHER, Definition, Question, text_in
from surveys.questionnaires.question_types import (
    InvalidAnswer,
    clean,
    is_declined,
    is_number,
    rating_bounds,
)
from surveys.questionnaires.scores import scores_of

YES = pgettext_lazy("answer", "Yes")
NO = pgettext_lazy("answer", "No")
OTHER_LABEL = pgettext_lazy("choice", "Other")
DECLINED_LABEL = gettext_lazy("I prefer not to say")

FRANCE = 33
INTERNATIONAL = phonenumbers.PhoneNumberFormat.INTERNATIONAL

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
    "too_few_ranks": gettext_lazy("Rank %(expected)s answers: you have ranked %(given)s so far."),
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
    "no_territory_found": gettext_lazy(
        "Nothing in the directory is called “%(typed)s”: write a part of the name, the commune or "
        "the code."
    ),
    "several_territories": gettext_lazy(
        "Several neighbourhoods answer to “%(typed)s”: choose yours below, or write more words."
    ),
    "search_beside_territory": gettext_lazy(
        "You wrote “%(typed)s”, but “%(label)s” is chosen: choose again, or erase what you wrote."
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
    "not_a_file": gettext_lazy("A file is expected here: choose it again."),
    "file_elsewhere": gettext_lazy(
        "A file cannot be imported from a table: leave this cell empty, or put “_” before the "
        "name of the column."
    ),
    "file_not_kept": gettext_lazy("This file could not be kept: send it again, please."),
    **files.REASONS,
    "too_many_files": gettext_lazy(
        "Too many files were sent for these answers: keep the last one, or begin again later."
    ),
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
    """The answer as text, several choices one a line; blank if nothing was answered.

    What was typed and cannot be an answer is written as it is: it is given back to be copied.
    """
    if value is None:
        return ""
    if is_declined(value) and not value.get("answer"):
        return str(DECLINED_LABEL)
    if not _is_answer(question, value):
        return "\n".join(_typed_in_words(question, value, language))
    return IN_WORDS[question.kind](question, value, language)


def _is_answer(question: Question, value: Any) -> bool:
    try:
        return clean(question, value) == value
    except InvalidAnswer:
        return False


def _typed_in_words(question: Question, typed: Any, language: str) -> Iterator[str]:
    if isinstance(typed, dict):
        for key, inner in typed.items():
            lines = list(_typed_in_words(question, inner, language))
            known = question.row(key) or question.choice(key)
            label = text_in(known.label, language) if known else ""
            yield from [_line(label, ", ".join(lines))] if label and lines else lines
    elif isinstance(typed, list):
        for inner in typed:
            yield from _typed_in_words(question, inner, language)
    elif isinstance(typed, bool):
        yield str(YES if typed else NO)
    elif typed not in (None, ""):
        yield choice_in_words(question, str(typed), language)


def _line(label: str, text: str) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def _words(question: Question, value: Any, language: str) -> str:
    return str(value)


def _choices(question: Question, value: dict[str, Any], language: str) -> str:
    chosen = value.get("choices") or value.get("choice") or []
    chosen = chosen if isinstance(chosen, list) else [chosen]
    lines = [choice_in_words(question, one, language) for one in chosen if one != OTHER]
    if specified := value.get("other"):
        lines.append(_("Other: %(text)s") % {"text": specified})
    elif OTHER in chosen:
        lines.append(str(OTHER_LABEL))
    # A single line remembers its language.
    return lines[0] if len(lines) == 1 else "\n".join(lines)


def _yes_or_no(question: Question, value: bool, language: str) -> str:
    return str(YES if value else NO)


def _rating(question: Question, value: int, language: str) -> str:
    highest = rating_bounds(question)[1]
    if highest == 10:
        return _("%(rating)s out of 10") % {"rating": value}
    return _("%(rating)s out of %(highest)s") % {"rating": value, "highest": highest}


def _number(question: Question, value: float, language: str) -> str:
    unit = text_in(question.unit, language)
    written = number_format(value, force_grouping=True)
    return f"{written}\N{NO-BREAK SPACE}{unit}" if unit else written


def number_as_typed(value: float) -> str:
    """A number as somebody would type it: with the language's comma, without spaces."""
    return number_format(value, use_l10n=True, force_grouping=False)


def _ranking(question: Question, value: dict[str, Any], language: str) -> str:
    ranked = enumerate(value["ranking"], start=1)
    return "\n".join(f"{rank}. {choice_in_words(question, one, language)}" for rank, one in ranked)


def _matrix(question: Question, value: dict[str, Any], language: str) -> str:
    lines = []
    for row in question.rows:
        if row.id in value["rows"]:
            chosen = value["rows"][row.id]
            chosen = chosen if isinstance(chosen, list) else [chosen]
            labels = ", ".join(choice_in_words(question, one, language) for one in chosen)
            lines.append(_line(text_in(row.label, language), labels))
    return "\n".join(lines)


def _phone(question: Question, value: str, language: str) -> str:
    return phone_in_words(value)


def phone_in_words(value: str) -> str:
    """A number in groups of figures, without the prefix if it is French."""
    try:
        number = phonenumbers.parse(value, "FR")
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_possible_number(number):
        return value
    is_french = number.country_code == FRANCE
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_french else INTERNATIONAL
    return phonenumbers.format_number(number, form)


def _day(question: Question, value: str, language: str) -> str:
    return date_format(date.fromisoformat(value), "DATE_FORMAT")


def _hour(question: Question, value: str, language: str) -> str:
    return time_format(time.fromisoformat(value), "TIME_FORMAT")


def _territory(question: Question, value: str, language: str) -> str:
    territory = territory_with(value)
    return str(territory) if territory else value


def _place(question: Question, value: dict[str, Any], language: str) -> str:
    lines = [value["label"]] if "label" in value else []
    if "latitude" in value:
        position = {
            "latitude": number_as_typed(value["latitude"]),
            "longitude": number_as_typed(value["longitude"]),
        }
        lines.append(_("latitude %(latitude)s, longitude %(longitude)s") % position)
    return "\n".join(lines)


def _computed(question: Question, value: float | str, language: str) -> str:
    return str(value) if isinstance(value, str) else _number(question, value, language)


def _file(question: Question, value: dict[str, Any], language: str) -> str:
    return f"{value['name']} ({filesizeformat(value['size'])})"


IN_WORDS: dict[str, Callable[[Question, Any, str], str]] = {
    "single": _choices,
    "multiple": _choices,
    "boolean": _yes_or_no,
    "scale": _choices,
    "rating": _rating,
    "ranking": _ranking,
    "matrix": _matrix,
    "integer": _number,
    "decimal": _number,
    "text": _words,
    "long_text": _words,
    "email": _words,
    "phone": _phone,
    "date": _day,
    "time": _hour,
    "territory": _territory,
    "file": _file,
    "place": _place,
    "computed": _computed,
}
"""The value of each kind of question, as a person reads it."""


def check_in_words(question: Question, language: str = "fr") -> str:
    """What to say of an answer that does not pass the check of its question."""
    own = text_in(question.check_message, language)
    return own or _("This answer cannot be right: read the question again, then correct it.")


def document_in_words(
    definition: Definition,
    document: Mapping[str, Any],
    language: str = "fr",
    *,
    hidden: Collection[str] = (),
) -> list[SectionInWords]:
    """Every question in the order of reading, with its answer or a blank.

    Those whose id is `hidden` are left out, and sections of which nothing remains. A computed
    value is told where it has a label and a value.
    """
    sections = [
        SectionInWords(
            number=number,
            title=text_in(section.title, language),
            answers=[
                AnswerInWords(
                    question=question,
                    label=text_in(question.label, language),
                    text=answer_in_words(question, document.get(question.id), language),
                )
                for question in section.questions
                if question.id not in hidden and _is_told(question, document)
            ],
        )
        for number, section in enumerate(definition.sections, start=1)
    ]
    return [
        told
        for told, section in zip(sections, definition.sections, strict=True)
        if told.answers or any(one.id not in hidden for one in section.questions)
    ]


def _is_told(question: Question, document: Mapping[str, Any]) -> bool:
    if question.kind == COMPUTED:
        return any(question.label.values()) and question.id in document
    return question.is_answered


@dataclass(frozen=True)
class ScoreInWords:
    title: Any
    rounded: int


def scores_in_words(
    definition: Definition, document: Mapping[str, Any], language: str = "fr"
) -> list[ScoreInWords]:
    """The score of each section that has one, in the order of reading."""
    scores = scores_of(definition, document).sections
    return [
        ScoreInWords(text_in(section.title, language), round(scores[section.id]))
        for section in definition.sections
        if section.id in scores
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
