"""From what LimeSurvey says to a definition, naming what has no place in it. Plain Python."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from surveys.questionnaires.definition import (
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
    Text,
)
from surveys.questionnaires.expressions import problems_of_expressions
from surveys.questionnaires.interchange import (
    Imported,
    MalformedQuestionnaire,
    Remark,
    gettext_noop,
)
from surveys.questionnaires.limesurvey import builtin
from surveys.questionnaires.limesurvey.attributes import TAKEN, is_worth_naming
from surveys.questionnaires.limesurvey.plain import PLACEHOLDER, pictures, plain
from surveys.questionnaires.limesurvey.relevance import (
    Name,
    NotTaken,
    in_our_language,
    whole_pattern,
)
from surveys.questionnaires.limesurvey.source import Asked, Item, Part, Source, Where

KINDS = {
    "L": "single",
    "!": "single",
    "O": "single",
    "G": "single",
    "M": "multiple",
    "P": "multiple",
    "F": "matrix",
    "H": "matrix",
    "A": "matrix",
    "B": "matrix",
    "C": "matrix",
    "E": "matrix",
    "R": "ranking",
    "Y": "boolean",
    "5": "rating",
    "N": "decimal",
    "S": "text",
    "T": "long_text",
    "U": "long_text",
    "D": "date",
    "X": "statement",
    "|": "file",
    "*": "computed",
}
"""Those that are one question; `1`, `K` and `Q` are several."""

NOT_TAKEN = {
    "I": gettext_noop("The choice of a language is offered on every page: no question is needed."),
    ";": gettext_noop("A table of texts is not taken: make a question of each row."),
    ":": gettext_noop("A table of numbers is not taken: make a question of each row."),
}
UNKNOWN_TYPE = gettext_noop("This type of question is not known: make the question again.")
CODE_TWICE = gettext_noop("Two questions have this code: rename one of them.")
CODE_TWICE_IN_ONE = gettext_noop("Two answers of this question have this code: rename one.")
LEFT_OUT = gettext_noop(
    "This expression names what is not there, or depends on itself: write it again in the editor."
)
BAD_CODE = gettext_noop(
    "This code is not possible: write a letter first, then letters, figures, “_”, “.” or “-”."
)
BAD_CHOICE = gettext_noop("The code of an answer may not be empty, nor hold a space.")
NO_CHOICE = gettext_noop("This question has no answers to choose from: add rows for them.")
NO_ROW = gettext_noop("This table has no rows: add subquestions to it.")
NOTHING = gettext_noop("This file holds no question.")
CONDITION_NOT_TAKEN = gettext_noop(
    "This condition is not taken because of “%(part)s”: write it again in the editor."
)
CHECK_NOT_TAKEN = gettext_noop(
    "This check is not taken because of “%(part)s”: write it again in the editor."
)
CALCULATION_NOT_TAKEN = gettext_noop(
    "This calculation is not taken because of “%(part)s”: add it again in the editor."
)
ROW_CONDITION = gettext_noop("The condition of a single row or answer is not taken.")
INSERTS = gettext_noop("This text inserts an answer or a value: it is kept as it is written.")
PICTURES = gettext_noop("Pictures and films in a text are not taken: put its words instead.")
COMMENT = gettext_noop("The comment beside each answer is not taken: add a question for it.")
TWO_SCALES = gettext_noop("The two scales of this table have become two tables.")
SOFT_MANDATORY = gettext_noop("An answer that is only asked for insistently is optional here.")
ROW_RENAMED = gettext_noop("This row is now called %(code)s, since a code begins with a letter.")
ATTRIBUTE = gettext_noop("This setting of the question is not taken.")
DATE_AND_TIME = gettext_noop("Only the date is asked: add a question for the time.")
DEFAULT_NOT_TAKEN = gettext_noop("This default answer is worked out: it is not taken.")
UNTRANSLATED_SCORE = gettext_noop("This score is not a number.")

CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,254}")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
PICTURE_TYPES = frozenset(
    ["png", "gif", "jpg", "jpeg", "webp", "heic", "heif", "bmp", "tif", "tiff"]
)
WHOLE_BRACES = re.compile(r"\s*\{(.*)\}\s*", re.DOTALL)


@dataclass
class Made:
    """What a question of LimeSurvey has become: one of ours, or a group of several."""

    asked: Asked
    questions: list[Question]
    group: Group | None = None


def translated(source: Source) -> Imported:
    return _Translation(source).whole()


@dataclass
class _Translation:
    source: Source
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    names: dict[str, Name] = field(default_factory=dict)
    wheres: dict[str, Where] = field(default_factory=dict)

    def whole(self) -> Imported:
        self.remarks += self.source.remarks
        made = [
            (part, [one for one in map(self._made, part.questions) if one])
            for part in self.source.parts
        ]
        if not any(one.questions for _, ones in made for one in ones):
            self.problems.append(Where("").remark("", "", NOTHING))
        self._refuse_codes(
            question for _, ones in made for one in ones for question in one.questions
        )
        if self.problems:
            raise MalformedQuestionnaire(self.problems)
        sections = tuple(
            self._section(number, part, ones) for number, (part, ones) in enumerate(made, start=1)
        )
        definition = Definition(
            title=self._text(self.source.titles, Where("surveys_languagesettings", 1), "title"),
            introduction=self._text(
                self.source.welcomes, Where("surveys_languagesettings", 1), "introduction"
            ),
            sections=tuple(one for one in sections if one.questions or one.introduction),
            languages=self._languages(),
        )
        return Imported(self._without_faults(definition), tuple(self.remarks))

    def _languages(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.source.languages if one.strip()) or ("en",)

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
        return SHAPES.get(asked.type, _Translation._as_it_is)(self, asked, question)

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

    def _expression(
        self, where: Where, column: str, text: str, reason: str, own: Name | None = None
    ) -> str:
        try:
            return in_our_language(text, self.names, own=own)
        except NotTaken as part:
            self._note(where, column, text, reason, part=str(part)[:60])
            return ""

    def _condition(self, where: Where, text: str) -> str:
        if text.strip() in {"", "1"}:
            return ""
        if text.strip() == "0":
            return "false()"
        return self._expression(where, "relevance", text, CONDITION_NOT_TAKEN)

    def _check(self, asked: Asked, question: Question) -> str:
        own = Name(question.code, question.kind)
        checks = []
        if said := asked.attribute("em_validation_q"):
            where = asked.attributes["em_validation_q"].where
            checks.append(self._expression(where, "em_validation_q", said, CHECK_NOT_TAKEN, own))
        if asked.pattern.strip():
            checks.append(self._pattern(asked))
        if longest := self._number(asked, "maximum_chars"):
            checks.append(f"string-length(.) <= {longest}")
        for name, sign in (("date_min", ">="), ("date_max", "<=")):
            said = asked.attribute(name)
            if ISO_DATE.fullmatch(said):
                checks.append(f". {sign} '{said}'")
            elif said:
                self._note(asked.attributes[name].where, name, said, ATTRIBUTE)
        checks = [one for one in checks if one]
        return checks[0] if len(checks) == 1 else " and ".join(f"({one})" for one in checks)

    def _pattern(self, asked: Asked) -> str:
        try:
            pattern = whole_pattern(asked.pattern)
        except NotTaken as part:
            self._note(asked.where, "preg", asked.pattern, CHECK_NOT_TAKEN, part=str(part)[:60])
            return ""
        quote = '"' if "'" in pattern else "'"
        return f"regex(., {quote}{pattern}{quote})"

    def _calculation(self, asked: Asked) -> str:
        text = asked.attribute("equation") or next(iter(asked.texts.values()), "")
        whole = WHOLE_BRACES.fullmatch(plain(text))
        inner = whole[1] if whole else plain(text)
        return self._expression(asked.where, "equation", inner, CALCULATION_NOT_TAKEN)

    # -- Sections ----------------------------------------------------------------------------

    def _section(self, number: int, part: Part, made: list[Made]) -> Section:
        questions: list[Question] = []
        groups: list[Group] = []
        for one in made:
            condition = self._condition(one.asked.where, one.asked.relevance)
            if one.asked.attribute("hidden") == "1" and one.asked.type != "*":
                condition = "false()"
            if one.group:
                groups.append(replace(one.group, condition=condition))
                questions += one.questions
                if one.asked.helps:
                    questions[-len(one.questions)] = replace(
                        one.questions[0], hint=self._text(one.asked.helps, one.asked.where, "help")
                    )
                continue
            for question in one.questions:
                finished = self._finished(one.asked, question, condition)
                if finished is not None:
                    questions.append(finished)
        return Section(
            id=f"s-{number}",
            title=self._text(part.titles, part.where, "group_name"),
            introduction=self._text(part.descriptions, part.where, "description"),
            questions=tuple(questions),
            groups=tuple(groups),
            condition=self._condition(part.where, part.relevance),
        )

    def _finished(self, asked: Asked, question: Question, condition: str) -> Question | None:
        if question.kind == "computed":
            calculation = self._calculation(asked)
            if not calculation:
                return None
            label = {language: text for language, text in question.label.items() if "{" not in text}
            label = label or {self.source.languages[0]: question.code}
            return replace(
                question, condition=condition, calculation=calculation, label=label, default=""
            )
        tips = asked.attributes.get("em_validation_q_tip")
        check = self._check(asked, question)
        message: Text = {}
        if tips and check:
            texts = {one or self.source.languages[0]: text for one, text in tips.values.items()}
            message = self._text(texts, tips.where, "em_validation_q_tip")
        return replace(question, condition=condition, check=check, check_message=message)

    # -- What is wrong -----------------------------------------------------------------------

    def _refuse_codes(self, questions: Iterable[Question]) -> None:
        seen: set[str] = set()
        for question in questions:
            where = self.wheres.get(question.code, Where(""))
            if not CODE.fullmatch(question.code):
                self.problems.append(where.remark("title", question.code, BAD_CODE))
            if question.code in seen:
                self.problems.append(where.remark("title", question.code, CODE_TWICE))
            seen.add(question.code)

    def _without_faults(self, definition: Definition) -> Definition:
        """Expressions that name what is not there, or turn in circles, are left out and named."""
        for _ in range(100):
            problems = problems_of_expressions(definition)
            if not problems:
                break
            for problem in problems:
                definition = self._without(definition, problem.id, problem.field)
        return definition

    def _without(self, definition: Definition, identity: str, column: str) -> Definition:
        sections = []
        for section in definition.sections:
            if section.id == identity:
                self._note(Where("groups"), "relevance", section.condition, LEFT_OUT)
                section = replace(section, condition="")
            groups = tuple(
                replace(one, condition="") if one.id == identity else one for one in section.groups
            )
            questions = []
            for question in section.questions:
                if question.id == identity:
                    said = str(getattr(question, column))
                    where = self.wheres.get(question.code, Where("questions"))
                    self._note(where, column, said, LEFT_OUT)
                    if column == "calculation":
                        continue
                    question = replace(question, **{column: ""})  # type: ignore[arg-type]
                questions.append(question)
            sections.append(replace(section, groups=groups, questions=tuple(questions)))
        return replace(definition, sections=tuple(sections))


SHAPES: dict[str, Callable[[_Translation, Asked, Question], Question]] = {
    "L": _Translation._single,
    "!": _Translation._single,
    "O": _Translation._single,
    "G": _Translation._single,
    "M": _Translation._multiple,
    "P": _Translation._multiple,
    "R": _Translation._ranking,
    "F": _Translation._matrix,
    "H": _Translation._matrix,
    "A": _Translation._matrix,
    "B": _Translation._matrix,
    "C": _Translation._matrix,
    "E": _Translation._matrix,
    "5": _Translation._rating,
    "N": _Translation._numeric,
    "S": _Translation._texts,
    "T": _Translation._texts,
    "U": _Translation._texts,
    "D": _Translation._date,
    "|": _Translation._file,
}
