"""What would hurt in a questionnaire that could be published, and how long it takes to answer.

Plain Python: rules on a definition. None forbids to publish; the words are in `advice_wording`.

The time to answer is our estimate: what is read, at 150 words a minute (the mean measured on
silent reading in 17 languages is 184, Trauzettel-Klosinski and Dietz, 2012: not everybody is
at ease with reading), and for each answer the seconds of `SECONDS`. What has a condition is
counted in the longest time and left out of the shortest.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.questionnaires.definition import STATEMENT, Definition, Question, Section, text_in
from surveys.questionnaires.expressions import ExpressionError, parse, references

WORDS_A_MINUTE: Final = 150
SECONDS: Final = {
    "single": 4,
    "multiple": 6,
    "boolean": 3,
    "scale": 4,
    "rating": 4,
    "ranking": 6,
    "matrix": 2,
    "integer": 6,
    "decimal": 7,
    "text": 15,
    "long_text": 60,
    "email": 12,
    "phone": 10,
    "date": 8,
    "time": 7,
    "territory": 8,
    "place": 15,
    "file": 30,
}
SECONDS_A_CHOICE: Final = {"multiple": 1, "ranking": 4}
SECONDS_A_ROW: Final = 4

MOST_MINUTES: Final = 20
MOST_QUESTIONS: Final = 60
MOST_IN_A_SECTION: Final = 15
MOST_WORDS: Final = 30
MOST_POINTS: Final = 7
MOST_RADIOS: Final = 15

NEGATION: Final = re.compile(
    r"\b(?:ne|n['’]\w*)\b.*?\b(?:pas|plus|jamais|rien|aucun|aucune|guère)\b"
)
REVERSAL: Final = re.compile(
    r"\b(?:sans|impossible|inutile|inacceptable|incapable|injuste|insuffisante?s?|interdi\w*|"
    r"empêch\w*|évit\w*|manqu\w*|désaccord|oppos\w*|refus\w*|contre)\b"
)
ASKED_OF_YOU: Final = re.compile(r"\w-(?:vous|tu|il|elle|ils|elles|on)\b")
ACRONYM: Final = re.compile(r"\b(?!(?:[IVXLC]+)\b)[A-ZÀ-Ý]{3,}\b")
TWO_THINGS: Final = re.compile(r"\s(?:et|ou|et/ou)\s")

TWO_POLES: Final = re.compile(r"satisf|accord|favorable|\bbon|mauvais|\bbien\b|\bmal\b")
NEGATIVE: Final = re.compile(r"\b(?:pas|peu|in\w+|dé\w+|mauvaise?s?|mal|non)\b")
NEUTRAL: Final = re.compile(r"\b(?:ni|neutre|moyen\w*|opinion|avis|concern\w*|sais)\b")


@dataclass(frozen=True)
class Advice:
    """Something that would hurt: of a question, a section, or "" for the whole."""

    reason: str
    id: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Time:
    """In seconds: without what only some people are asked, and with all of it."""

    shortest: int
    longest: int


def advise(definition: Definition) -> list[Advice]:
    """Everything that would hurt, the whole first, then in the order of reading."""
    advice = list(_of_the_whole(definition))
    for section in definition.sections:
        advice += _of_a_section(section)
        for question in section.questions:
            advice += _of_a_question(question, definition.language)
    return [*advice, *_asked_too_early(definition)]


# -- Time --------------------------------------------------------------------------------


def time_to_answer(definition: Definition) -> Time:
    language = definition.language
    shortest = longest = _reading(definition.introduction, language)
    for section in definition.sections:
        heading = _reading(section.title, language) + _reading(section.introduction, language)
        shortest += 0 if section.condition else heading
        longest += heading
        for question in section.questions:
            seconds = time_of(question, language)
            longest += seconds
            around = section.groups_around(question)
            conditions = [section.condition, question.condition, *(one.condition for one in around)]
            shortest += 0 if any(conditions) else seconds
    return Time(round(shortest), round(longest))


def time_of(question: Question, language: str) -> float:
    """The seconds that a question takes, read and answered."""
    texts = [question.label, question.hint]
    texts += [choice.label for choice in question.choices]
    texts += [row.label for row in question.rows]
    if not question.is_answered and question.kind != STATEMENT:
        return 0
    return (
        sum(_reading(text, language) for text in texts)
        + SECONDS.get(question.kind, 0)
        + SECONDS_A_CHOICE.get(question.kind, 0) * len(question.choices)
        + SECONDS_A_ROW * len(question.rows)
    )


def _reading(text: dict[str, str], language: str) -> float:
    return 60 * _words(text_in(text, language)) / WORDS_A_MINUTE


def _words(text: str) -> int:
    return len(re.findall(r"\w+(?:['’]\w+)?", text))


# -- Rules -------------------------------------------------------------------------------


def _of_the_whole(definition: Definition) -> Iterator[Advice]:
    minutes = round(time_to_answer(definition).longest / 60)
    if minutes > MOST_MINUTES:
        yield Advice("too_long", params={"minutes": minutes, "most": MOST_MINUTES})
    count = sum(question.is_answered for question in definition.questions)
    if count > MOST_QUESTIONS:
        yield Advice("too_many_questions", params={"count": count})
    for language in definition.languages[1:]:
        missing = _missing(definition, language)
        if missing:
            yield Advice("missing_translation", params={"language": language, "count": missing})


def _missing(definition: Definition, language: str) -> int:
    texts = [text for text in _texts(definition) if text.get(definition.language)]
    return sum(not text.get(language) for text in texts)


def _texts(definition: Definition) -> Iterator[dict[str, str]]:
    yield from (definition.title, definition.introduction)
    for section in definition.sections:
        yield from (section.title, section.introduction)
        yield from (group.title for group in section.groups)
        for question in section.questions:
            yield from (question.label, question.hint, question.unit)
            yield from (question.lowest_label, question.highest_label)
            yield from (question.required_message, question.check_message)
            yield from (choice.label for choice in question.choices)
            yield from (row.label for row in question.rows)


def _of_a_section(section: Section) -> Iterator[Advice]:
    count = sum(question.is_answered for question in section.questions)
    if count > MOST_IN_A_SECTION:
        yield Advice("long_section", section.id, {"count": count, "most": MOST_IN_A_SECTION})


def _of_a_question(question: Question, language: str) -> Iterator[Advice]:
    if not question.is_answered:
        return
    for reason, hurts in ALWAYS.items():
        if hurts(question):
            yield Advice(reason, question.id)
    label = text_in(question.label, language)
    words = _words(label)
    if words > MOST_WORDS:
        yield Advice("long_question", question.id, {"count": words})
    if language.split("-")[0] != "fr":
        return
    for reason, reads in IN_FRENCH.items():
        if reads(question, label):
            yield Advice(reason, question.id)
    for acronym in dict.fromkeys(ACRONYM.findall(label)):
        yield Advice("acronym", question.id, {"word": acronym})


def _is_sensitive(question: Question) -> bool:
    return question.data_class == "sensitive"


def _points(question: Question) -> list[str]:
    labels = [text_in(choice.label, "fr").lower() for choice in question.choices]
    return [label for label in labels if not re.search(r"concern|sais pas|sans opinion", label)]


def _is_unbalanced(question: Question) -> bool:
    """One side of a scale has at least two points more than the other."""
    points = _points(question)
    if question.kind != "scale" or not any(map(TWO_POLES.search, points)):
        return False
    sided = [point for point in points if not NEUTRAL.search(point)]
    negative = sum(bool(NEGATIVE.search(point)) for point in sided)
    return abs(len(sided) - 2 * negative) >= 2


ALWAYS: Final[dict[str, Callable[[Question], bool]]] = {
    "required_matrix": lambda one: one.kind == "matrix" and one.required and len(one.rows) > 1,
    "sensitive_without_way_out": lambda one: _is_sensitive(one) and not one.may_decline,
    "sensitive_required": lambda one: _is_sensitive(one) and one.required and not one.may_decline,
    "too_many_points": lambda one: (
        one.kind in {"scale", "matrix"} and len(_points(one)) > MOST_POINTS
    ),
    "unbalanced_scale": _is_unbalanced,
    "long_list": lambda one: (
        one.kind == "single" and one.appearance != "minimal" and len(one.choices) > MOST_RADIOS
    ),
}


def _is_negated_twice(question: Question, label: str) -> bool:
    text = label.lower()
    negations = NEGATION.findall(text)
    return len(negations) > 1 or bool(negations and REVERSAL.search(text))


def _asks_twice(question: Question, label: str) -> bool:
    if label.count("?") > 1 or len(ASKED_OF_YOU.findall(label)) > 1:
        return True
    return question.kind in {"scale", "rating", "boolean"} and bool(TWO_THINGS.search(label))


IN_FRENCH: Final[dict[str, Callable[[Question, str], bool]]] = {
    "double_negation": _is_negated_twice,
    "two_questions": _asks_twice,
}


def _asked_too_early(definition: Definition) -> Iterator[Advice]:
    """A condition that names what is asked further on: when it is read, nothing is answered."""
    place = {question.code: at for at, question in enumerate(definition.questions)}
    kinds = {question.code: question for question in definition.questions}
    for at, question in enumerate(definition.questions):
        try:
            named = references(parse(question.condition)) if question.condition else ()
        except ExpressionError:
            continue
        for reference in named:
            other = kinds.get(reference.code)
            if other is not None and other.is_answered and place[reference.code] > at:
                yield Advice("asked_too_early", question.id, {"code": reference.code})
