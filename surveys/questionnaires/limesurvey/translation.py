"""From what LimeSurvey says to a definition, naming what has no place in it. Plain Python."""

from collections.abc import Iterable
from dataclasses import replace

from surveys.questionnaires.definition import Definition, Group, Question, Section, Text
from surveys.questionnaires.expressions import problems_of_expressions
from surveys.questionnaires.interchange import Imported, MalformedQuestionnaire
from surveys.questionnaires.limesurvey.plain import plain
from surveys.questionnaires.limesurvey.questions import Made, Questions
from surveys.questionnaires.limesurvey.relevance import (
    Name,
    NotTaken,
    in_our_language,
    whole_pattern,
)
from surveys.questionnaires.limesurvey.source import Asked, Part, Source, Where
from surveys.questionnaires.limesurvey.words import (
    ATTRIBUTE,
    BAD_CODE,
    CALCULATION_NOT_TAKEN,
    CHECK_NOT_TAKEN,
    CODE,
    CODE_TWICE,
    CONDITION_NOT_TAKEN,
    ISO_DATE,
    LEFT_OUT,
    NOTHING,
    WHOLE_BRACES,
)


def translated(source: Source) -> Imported:
    return _Translation(source).whole()


class _Translation(Questions):
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
