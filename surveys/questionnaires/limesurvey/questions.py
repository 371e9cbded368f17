"""The questions of LimeSurvey, made ours: kinds, choices, rows, attributes. Plain Python."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from surveys.questionnaires.definition import Choice, Group, Question, Row, Text
from surveys.questionnaires.interchange import Remark
from surveys.questionnaires.limesurvey import builtin
from surveys.questionnaires.limesurvey.attributes import TAKEN, is_worth_naming
from surveys.questionnaires.limesurvey.plain import PLACEHOLDER, pictures, plain
from surveys.questionnaires.limesurvey.relevance import Name
from surveys.questionnaires.limesurvey.source import Asked, Item, Source, Where
from surveys.questionnaires.limesurvey.words import (
    ATTRIBUTE,
    BAD_CHOICE,
    BAD_CODE,
    CODE,
    CODE_TWICE_IN_ONE,
    COMMENT,
    DATE_AND_TIME,
    DEFAULT_NOT_TAKEN,
    INSERTS,
    KINDS,
    NO_CHOICE,
    NO_ROW,
    NOT_TAKEN,
    NUMBER,
    PICTURE_TYPES,
    PICTURES,
    ROW_CONDITION,
    ROW_RENAMED,
    SOFT_MANDATORY,
    TWO_SCALES,
    UNKNOWN_TYPE,
    UNTRANSLATED_SCORE,
)


@dataclass
class Made:
    """What a question of LimeSurvey has become: one of ours, or a group of several."""

    asked: Asked
    questions: list[Question]
    group: Group | None = None


@dataclass
class Questions:
    """Makes ours out of LimeSurvey's, and notes what each one is called in its expressions."""

    source: Source
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    names: dict[str, Name] = field(default_factory=dict)
    wheres: dict[str, Where] = field(default_factory=dict)

    def _note(self, where: Where, column: str, what: str, reason: str, **params: object) -> None:
        self.remarks.append(where.remark(column, what, reason, **params))

    # -- Texts ---------------------------------------------------------------------------

    def _text(self, texts: dict[str, str], where: Where, column: str) -> Text:
        said = {}
        for language, html in texts.items():
            words = plain(html)
            if words:
                said[language] = words
            if pictures(html):
                self._note(where, column, ", ".join(pictures(html)), PICTURES)
            if PLACEHOLDER.search(words):
                self._note(where, column, words, INSERTS)
        return said

    # -- Questions -------------------------------------------------------------------------

    def _made(self, asked: Asked) -> Made | None:
        self.wheres[asked.code] = asked.where
        if asked.type in NOT_TAKEN:
            self._note(asked.where, "type", f"{asked.code} ({asked.type})", NOT_TAKEN[asked.type])
            return None
        self._note_attributes(asked)
        if asked.type in {"K", "Q"}:
            return self._several(asked)
        if asked.type == "1":
            return self._two_tables(asked)
        kind = KINDS.get(asked.type)
        if kind is None:
            self.problems.append(asked.where.remark("type", asked.type, UNKNOWN_TYPE))
            return None
        question = self._question(asked, kind)
        self._name(asked, question)
        return Made(asked, [question])

    def _question(self, asked: Asked, kind: str) -> Question:
        question = Question(
            id=f"q-{asked.code}",
            code=asked.code,
            kind=kind,
            label=self._text(asked.texts, asked.where, "text"),
            hint=self._text(asked.helps, asked.where, "help"),
            required=self._is_required(asked) and kind not in {"statement", "computed"},
            default=self._default(asked, kind),
        )
        return SHAPES.get(asked.type, Questions._as_it_is)(self, asked, question)

    def _as_it_is(self, asked: Asked, question: Question) -> Question:
        return question

    def _is_required(self, asked: Asked) -> bool:
        if asked.mandatory == "S":
            self._note(asked.where, "mandatory", asked.code, SOFT_MANDATORY)
        return asked.mandatory.strip().upper() == "Y"

    def _default(self, asked: Asked, kind: str) -> str:
        if kind == "multiple":
            return " ".join(one.code for one in asked.subquestions if one.default == "Y")
        if "{" in asked.default:
            self._note(asked.where, "default", asked.default, DEFAULT_NOT_TAKEN)
            return ""
        if kind == "boolean":
            return {"Y": "true", "N": "false"}.get(asked.default, "")
        return "other" if asked.default == "-oth-" else asked.default

    def _single(self, asked: Asked, question: Question) -> Question:
        if asked.type == "O":
            self._note(asked.where, "type", asked.code, COMMENT)
        items = asked.answers
        choices = self._choices(asked, items) if items else self._builtin(asked)
        appearance = "minimal" if asked.type == "!" else ""
        return replace(question, choices=choices, has_other=asked.other, appearance=appearance)

    def _multiple(self, asked: Asked, question: Question) -> Question:
        if asked.type == "P":
            self._note(asked.where, "type", asked.code, COMMENT)
        alone = set(re.split(r"[;,\s]+", asked.attribute("exclude_all_others")))
        worth = self._number(asked, "assessment_value") if self.source.is_assessed else None
        choices = tuple(
            replace(choice, exclusive=choice.code in alone, score=worth)
            for choice in self._choices(asked, asked.subquestions)
        )
        return replace(
            question,
            choices=choices,
            has_other=asked.other,
            minimum=self._number(asked, "min_answers"),
            maximum=self._number(asked, "max_answers"),
        )

    def _ranking(self, asked: Asked, question: Question) -> Question:
        if asked.other:
            self._note(asked.where, "other", asked.code, ATTRIBUTE)
        items = asked.answers or asked.subquestions
        most = self._number(asked, "max_answers")
        return replace(question, choices=self._choices(asked, items), maximum=most)

    def _matrix(self, asked: Asked, question: Question) -> Question:
        items = [one for one in asked.answers if one.scale == 0]
        choices = self._choices(asked, items) if items else self._builtin(asked)
        return replace(question, choices=choices, rows=self._rows(asked))

    def _rating(self, asked: Asked, question: Question) -> Question:
        return replace(question, minimum=1, maximum=5)

    def _numeric(self, asked: Asked, question: Question) -> Question:
        return replace(
            question,
            kind="integer" if asked.attribute("num_value_int_only") == "1" else "decimal",
            minimum=self._number(asked, "min_num_value_n"),
            maximum=self._number(asked, "max_num_value_n"),
            unit=self._unit(asked),
        )

    def _texts(self, asked: Asked, question: Question) -> Question:
        if asked.attribute("numbers_only") == "1":
            return self._numeric(asked, question)
        return replace(question, unit={})

    def _date(self, asked: Asked, question: Question) -> Question:
        form = asked.attribute("date_format")
        has_time, has_date = "H" in form, bool(re.search("[dmyY]", form)) or not form
        if has_time and not has_date:
            return replace(question, kind="time")
        if has_time:
            self._note(asked.where, "date_format", form, DATE_AND_TIME)
        return question

    def _file(self, asked: Asked, question: Question) -> Question:
        kinds = set(re.split(r"[\s,;.]+", asked.attribute("allowed_filetypes").lower())) - {""}
        if kinds and kinds <= PICTURE_TYPES:
            return replace(question, accepts="image")
        return replace(question, accepts="document" if kinds and not kinds & PICTURE_TYPES else "")

    def _several(self, asked: Asked) -> Made:
        """Several short answers below one text: a group of questions."""
        if not asked.subquestions:
            self.problems.append(asked.where.remark("type", asked.code, NO_ROW))
        group = Group(
            id=f"g-{asked.code}",
            code=asked.code,
            title=self._text(asked.texts, asked.where, "text"),
        )
        is_number = asked.type == "K"
        questions = []
        for item in asked.subquestions:
            code = f"{asked.code}_{item.code}"
            question = Question(
                id=f"q-{code}",
                code=code,
                kind="decimal" if is_number else "text",
                label=self._text(item.texts, item.where, "text"),
                required=self._is_required(asked),
                default="" if "{" in item.default else item.default,
                group=group.id,
            )
            if is_number or asked.attribute("numbers_only") == "1":
                question = self._numeric(asked, question)
            questions.append(question)
            self._know(asked, f"_{item.code}", Name(code, question.kind))
        return Made(asked, questions, group)

    def _two_tables(self, asked: Asked) -> Made:
        self._note(asked.where, "type", asked.code, TWO_SCALES)
        questions = []
        for scale, header in enumerate(("dualscale_headerA", "dualscale_headerB")):
            code = f"{asked.code}_{scale}"
            label = self._text(asked.texts, asked.where, "text")
            if title := asked.attribute(header):
                label = {language: f"{text} ({title})" for language, text in label.items()}
            question = Question(
                id=f"q-{code}",
                code=code,
                kind="matrix",
                label=label,
                hint=self._text(asked.helps, asked.where, "help"),
                required=self._is_required(asked),
                rows=self._rows(asked),
                choices=self._choices(asked, [one for one in asked.answers if one.scale == scale]),
            )
            questions.append(question)
            for row, item in zip(question.rows, asked.subquestions, strict=False):
                self._know(asked, f"_{item.code}_{scale}", Name(code, "matrix", row=row.code))
        return Made(asked, questions)

    # -- Choices and rows ------------------------------------------------------------------

    def _choices(self, asked: Asked, items: Iterable[Item]) -> tuple[Choice, ...]:
        choices: list[Choice] = []
        for item in items:
            if not item.code or re.search(r"\s", item.code) or len(item.code) > 255:
                self.problems.append(item.where.remark("code", item.code, BAD_CHOICE))
                continue
            if any(choice.code == item.code for choice in choices):
                self.problems.append(item.where.remark("code", item.code, CODE_TWICE_IN_ONE))
                continue
            self._note_relevance(item)
            label = self._text(item.texts, item.where, "answer")
            choices.append(
                Choice(
                    id=f"{asked.code}-c-{item.code}",
                    code=item.code,
                    label=label or {self.source.languages[0]: item.code},
                    score=self._score(item),
                )
            )
        if not choices:
            self.problems.append(asked.where.remark("type", asked.code, NO_CHOICE))
        return tuple(choices)

    def _score(self, item: Item) -> float | None:
        said = item.score.strip()
        if not said or (said == "0" and not self.source.is_assessed):
            return None
        if not NUMBER.fullmatch(said):
            self._note(item.where, "assessment_value", said, UNTRANSLATED_SCORE)
            return None
        return float(said)

    def _builtin(self, asked: Asked) -> tuple[Choice, ...]:
        codes = builtin.ANSWERS.get(asked.type, ())
        if not codes:
            self.problems.append(asked.where.remark("type", asked.code, NO_CHOICE))
        return tuple(
            Choice(
                id=f"{asked.code}-c-{code}",
                code=code,
                label=builtin.label(asked.type, code, self.source.languages),
            )
            for code in codes
        )

    def _rows(self, asked: Asked) -> tuple[Row, ...]:
        rows: list[Row] = []
        for item in (one for one in asked.subquestions if one.scale == 0):
            code = item.code if CODE.fullmatch(item.code) else f"r{item.code}"
            if not CODE.fullmatch(code) or any(row.code == code for row in rows):
                self.problems.append(item.where.remark("code", item.code, BAD_CODE))
                continue
            if code != item.code:
                self._note(item.where, "code", item.code, ROW_RENAMED, code=code)
            self._note_relevance(item)
            label = self._text(item.texts, item.where, "text")
            rows.append(Row(f"{asked.code}-r-{code}", code, label))
        if not rows:
            self.problems.append(asked.where.remark("type", asked.code, NO_ROW))
        return tuple(rows)

    def _note_relevance(self, item: Item) -> None:
        if item.relevance.strip() not in {"", "1"}:
            self._note(item.where, "relevance", item.relevance, ROW_CONDITION)

    # -- Attributes ------------------------------------------------------------------------

    def _number(self, asked: Asked, name: str) -> float | None:
        said = asked.attribute(name)
        if not said:
            return None
        if not NUMBER.fullmatch(said):
            self._note(asked.attributes[name].where, name, said, ATTRIBUTE)
            return None
        number = float(said)
        return int(number) if number.is_integer() else number

    def _unit(self, asked: Asked) -> Text:
        found = asked.attributes.get("suffix") or asked.attributes.get("prefix")
        if found is None:
            return {}
        texts = {
            language or self.source.languages[0]: text for language, text in found.values.items()
        }
        return self._text(texts, found.where, "suffix")

    def _note_attributes(self, asked: Asked) -> None:
        for name, attribute in asked.attributes.items():
            value = asked.attribute(name)
            if name not in TAKEN and is_worth_naming(name, value):
                self._note(attribute.where, name, value, ATTRIBUTE)

    # -- Names and expressions ---------------------------------------------------------------

    def _know(self, asked: Asked, suffix: str, name: Name) -> None:
        self.names[asked.code + suffix] = name
        if asked.key:
            self.names[f"#{asked.key}{suffix.lstrip('_')}"] = name

    def _name(self, asked: Asked, question: Question) -> None:
        if question.kind == "multiple":
            for item in asked.subquestions:
                name = Name(asked.code, "multiple", choice=item.code)
                self._know(asked, f"_{item.code}", name)
        elif question.kind == "matrix":
            for row, item in zip(question.rows, asked.subquestions, strict=False):
                self._know(asked, f"_{item.code}", Name(asked.code, "matrix", row=row.code))
        elif question.kind != "ranking":
            self._know(asked, "", Name(asked.code, question.kind))
        if question.has_other:
            self._know(asked, "_other", Name(f"{asked.code}_other", "text"))


SHAPES: dict[str, Callable[[Questions, Asked, Question], Question]] = {
    "L": Questions._single,
    "!": Questions._single,
    "O": Questions._single,
    "G": Questions._single,
    "M": Questions._multiple,
    "P": Questions._multiple,
    "R": Questions._ranking,
    "F": Questions._matrix,
    "H": Questions._matrix,
    "A": Questions._matrix,
    "B": Questions._matrix,
    "C": Questions._matrix,
    "E": Questions._matrix,
    "5": Questions._rating,
    "N": Questions._numeric,
    "S": Questions._texts,
    "T": Questions._texts,
    "U": Questions._texts,
    "D": Questions._date,
    "|": Questions._file,
}
