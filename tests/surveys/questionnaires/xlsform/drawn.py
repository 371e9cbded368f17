"""Definitions of all kinds, drawn at random, as editors and imports make them."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from surveys.questionnaires.definition import (
    COMPUTED,
    DATA_CLASSES,
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
)
from surveys.questionnaires.question_types import KINDS

LANGUAGES = ("fr", "ar", "en", "pt-BR", "x-kreyol")

words = st.one_of(
    st.sampled_from(
        [
            *(
                "L’âge, “vraiment” ?",
                "=1+1",
                "coût en ${",
                "${inconnu} et $ {a}",
                "a  b",
                "_x0041_",
            ),
            *("deux\nlignes", "true", "1.0", "2026-01-01", "{'a': 1}", "«\u00a0oui\u00a0»", "#N/A"),
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12),
)
codes = st.one_of(
    st.sampled_from(
        [
            *("age", "Age", "age_other", "section", "introduction", "data", "q.1-a", "_x", "meta1"),
            *("age_a", "meta", "_id", "name", "type", "label", "begin_group", "x" * 200),
        ]
    ),
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,8}", fullmatch=True),
)
choice_codes = st.one_of(
    st.sampled_from(["oui", "non", "1", "0", "other", "true", "OK", "l’un", "a/b", "é"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=5),
)
carried = st.dictionaries(
    st.sampled_from(["media::image", "guidance_hint", "guidance_hint::English", "à part", "clé"]),
    st.sampled_from(["carte.png", "voir ${rien}", "note"]),
    max_size=2,
)
numbers = st.none() | st.integers(-5, 20) | st.sampled_from([0.5, -1.25, 1e6])


class Drawing:
    """Draws one definition: hands out codes and identities once."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.languages = tuple(draw(st.permutations(LANGUAGES)))[: draw(st.integers(1, 3))]
        self.given: set[str] = set()
        self.identities = 0
        self.asked: list[Question] = []

    def text(self, *, blank: bool = True) -> dict[str, str]:
        if blank and self.draw(st.booleans()):
            return {}
        first, *others = self.languages
        text = {first: self.draw(words)}
        return text | {code: self.draw(words) for code in others if self.draw(st.booleans())}

    def identity(self) -> str:
        self.identities += 1
        return f"i{self.identities}"

    def code(self) -> str:
        code = self.draw(codes.filter(lambda code: code not in self.given))
        self.given.add(code)
        return code

    def condition(self) -> str:
        if not self.asked or self.draw(st.booleans()):
            return ""
        asked = self.draw(st.sampled_from(self.asked))
        if asked.rows:
            return f"${{{asked.code}/{asked.rows[0].code}}} != ''"
        if asked.has_other and asked.kind in {"single", "multiple"} and self.draw(st.booleans()):
            return f"${{{asked.code}_other}} = 'x'"
        return self.draw(
            st.sampled_from(
                [f"${{{asked.code}}} != ''", f"not(${{ {asked.code} }} = '') and today() > 1"]
            )
        )

    def choices(self) -> tuple[Choice, ...]:
        given = self.draw(st.lists(choice_codes, max_size=4, unique=True))
        return tuple(
            Choice(
                id=self.identity(),
                code=code,
                label=self.text(),
                exclusive=self.draw(st.booleans()),
                score=self.draw(numbers),
                carried=self.draw(carried),
            )
            for code in given
        )

    def question(self, group: str) -> Question:
        kind = self.draw(st.sampled_from(sorted({*KINDS, COMPUTED, "file"})))
        draw, yes = self.draw, st.booleans()
        question = Question(
            id=self.identity(),
            code=self.code(),
            kind=kind,
            label=self.text(),
            hint=self.text(),
            required=draw(yes),
            required_message=self.text(),
            unit=self.text(),
            lowest_label=self.text(),
            highest_label=self.text(),
            minimum=draw(numbers),
            maximum=draw(numbers),
            commitments=draw(st.sampled_from([(), ("a1",), ("a1", "b-2")])),
            group=group,
            condition=self.condition(),
            check=draw(st.sampled_from(["", ". != 3", "regex(., '^[a-z]+$')"])),
            check_message=self.text(),
            default=draw(st.sampled_from(["", "oui", "3", "${rien}"])),
            may_decline=draw(yes),
            data_class=draw(st.sampled_from(DATA_CLASSES)),
            appearance=draw(st.sampled_from(["", "minimal", "multiline", "quick w2", "likert"])),
            carried=draw(carried),
        )
        if KINDS.get(kind) and KINDS[kind].has_choices:
            question = replace(question, choices=self.choices(), has_other=draw(yes))
        if kind == "matrix":
            rows = [Row(self.identity(), code, self.text()) for code in self.rows()]
            question = replace(question, rows=tuple(rows), several=draw(yes))
        if kind == COMPUTED:
            question = replace(question, calculation=draw(st.sampled_from(["", "1 + 1"])))
        if kind == "file":
            question = replace(question, accepts=draw(st.sampled_from(["", "image"])))
        self.asked.append(question)
        return question

    def rows(self) -> list[str]:
        return self.draw(
            st.lists(st.sampled_from(["a", "b", "c_1", "other"]), max_size=3, unique=True)
        )

    def section(self) -> Section:
        groups: list[Group] = []
        questions: list[Question] = []
        section = Section(
            id=self.identity(),
            title=self.text(),
            introduction=self.text(),
            code=self.code() if self.draw(st.booleans()) else "",
            condition=self.condition(),
            appearance=self.draw(st.sampled_from(["", "field-list", "table-list"])),
            carried=self.draw(carried),
        )
        if self.draw(st.integers(0, 3)) == 0:
            section = replace(section, is_loose=True)
        self.fill("", groups, questions, depth=0)
        return replace(section, groups=tuple(groups), questions=tuple(questions))

    def fill(self, group: str, groups: list[Group], questions: list[Question], depth: int) -> None:
        for _ in range(self.draw(st.integers(0, 3))):
            if depth < 2 and self.draw(st.integers(0, 3)) == 0:
                inner = Group(
                    id=self.identity(),
                    code=self.code(),
                    title=self.text(),
                    parent=group,
                    condition=self.condition(),
                    appearance=self.draw(st.sampled_from(["", "field-list", "table-list"])),
                    carried=self.draw(carried),
                )
                groups.append(inner)
                self.fill(inner.id, groups, questions, depth + 1)
            else:
                questions.append(self.question(group))


@st.composite
def definitions(draw: Any) -> Definition:
    drawing = Drawing(draw)
    sections = tuple(drawing.section() for _ in range(draw(st.integers(0, 3))))
    named = draw(st.booleans())
    return Definition(
        title=drawing.text(blank=False),
        introduction=drawing.text(),
        sections=sections,
        languages=drawing.languages,
        language_names={code: f"Langue {code}" for code in drawing.languages} if named else {},
        carried=draw(carried),
    )
