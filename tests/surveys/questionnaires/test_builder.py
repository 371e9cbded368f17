import uuid
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from surveys.questionnaires import operations
from surveys.questionnaires.blocks import BUILDER_BLOCKS
from surveys.questionnaires.builder import blocks_of, define, known_points
from surveys.questionnaires.definition import (
    DATA_CLASSES,
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
)
from surveys.questionnaires.identities import settle
from surveys.questionnaires.question_types import KINDS
from tests.people import NOW

words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)
texts = st.dictionaries(st.sampled_from(["fr", "en", "ar"]), words, min_size=1)
names = st.uuids().map(str)
choices = st.builds(Choice, id=names, code=words, label=texts, exclusive=st.booleans())
questions = st.builds(
    Question,
    id=names,
    code=words,
    kind=st.sampled_from(list(KINDS)),
    label=texts,
    hint=texts,
    required=st.booleans(),
    choices=st.lists(choices, max_size=3).map(tuple),
    has_other=st.booleans(),
    minimum=st.none() | st.integers(-100, 100),
    maximum=st.none() | st.integers(-100, 100),
    commitments=st.lists(words, max_size=2).map(tuple),
)
sections = st.builds(
    Section,
    id=names,
    title=texts,
    introduction=texts,
    questions=st.lists(questions, max_size=3).map(tuple),
)
definitions = st.builds(
    Definition,
    title=texts,
    introduction=texts,
    sections=st.lists(sections, max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(["fr", "en"]), unique=True, min_size=1).map(tuple),
)


@given(definitions)
def test_a_definition_comes_back_from_its_json(definition):
    again = Definition.from_json(definition.to_json())

    assert again == definition
    assert again.checksum == definition.checksum


def settled(blocks: list[dict]) -> list[dict]:
    numbered = [{**block, "id": str(number)} for number, block in enumerate(blocks)]
    return settle(numbered, key="abcd1234")


def written() -> list[dict]:
    item = {"type": "item", "value": {"label": "Sport"}}
    none = {"type": "item", "value": {"label": "Rien", "exclusive": True}}
    values = {
        "single": {"choices": [item], "has_other": True},
        "multiple": {"choices": [item, none], "has_other": False},
        "scale": {"scale": "application", "not_concerned": True},
        "integer": {"minimum": 1, "maximum": 9},
    }
    asked = [
        {
            "type": kind,
            "value": {
                "label": f"Une question {kind}",
                "hint": "Réfléchissez",
                "required": True,
                "commitments": ["engagement-1"],
                **values.get(kind, {}),
            },
        }
        for kind in KINDS
    ]
    return settled([{"type": "section", "value": {"title": "Un", "questions": asked}}])


def test_a_definition_of_every_kind_comes_back_from_its_blocks():
    definition = define(title="Besoins", introduction="Bonjour", sections=written())

    again = define(title="Besoins", introduction="Bonjour", sections=blocks_of(definition))

    assert [question.kind for question in definition.questions] == list(KINDS)
    assert again == definition


def test_half_a_draft_has_a_definition_too():
    half = [{"type": "section", "value": {"questions": [{"type": "single", "value": {}}]}}]

    definition = define(title="", introduction="", sections=half)

    assert [question.choices for question in definition.questions] == [()]


# -- A draft says exactly what a definition says -----------------------------------------

LANGUAGES = ["fr", "en", "ar", "tr"]
trimmed = st.sampled_from(["Où ?", "Quand\nexactement ?", "في أي حي؟", "${a} = 'b'", "<b>", "0"])
codes_drawn = st.sampled_from(["a", "B", "c.d", "E-f", "_g", "h" * 200])
carried = st.dictionaries(trimmed, trimmed, max_size=2)
expressions = st.just("") | trimmed
numbers = st.none() | st.integers(-100, 100) | st.floats(-1e6, 1e6).map(lambda n: round(n, 3))
flags = st.booleans()


@st.composite
def faithful_definitions(draw) -> Definition:
    """Anything that a file may say, with texts in the languages that it announces."""
    languages = tuple(draw(st.permutations(LANGUAGES))[: draw(st.integers(1, 4))])
    said = st.dictionaries(st.sampled_from(languages), trimmed)
    numbers_given = count()

    def code() -> str:
        return f"{draw(codes_drawn)}_{next(numbers_given)}"

    def listed(build, most: int) -> tuple:
        own = draw(st.lists(codes_drawn, max_size=most, unique=True))
        return tuple(build(number, one) for number, one in enumerate(own))

    def choice(number: int, own: str) -> Choice:
        return Choice(
            id=f"c{number}",
            code=own,
            label=draw(said),
            exclusive=draw(flags),
            score=draw(numbers),
            carried=draw(carried),
        )

    def scale_points() -> tuple[Choice, ...]:
        scale = draw(st.sampled_from(["agreement", "application"]))
        of_ours = known_points(scale, identity="q", not_concerned=draw(flags), languages=languages)
        return draw(st.sampled_from([of_ours, of_ours[1:], listed(choice, 3)]))

    def asked(number: int, group: str) -> Question:
        kind = draw(st.sampled_from(list(BUILDER_BLOCKS)))
        chosen = {"single", "multiple", "ranking", "matrix"}
        return Question(
            id=f"q{number}",
            code=code(),
            kind=kind,
            label=draw(said),
            hint=draw(said),
            required=draw(flags),
            required_message=draw(said),
            choices=scale_points()
            if kind == "scale"
            else listed(choice, 3)
            if kind in chosen
            else (),
            has_other=draw(flags),
            rows=listed(lambda at, own: Row(f"r{at}", own, draw(said)), 3)
            if kind == "matrix"
            else (),
            several=draw(flags),
            minimum=draw(numbers),
            maximum=draw(numbers),
            unit=draw(said),
            lowest_label=draw(said),
            highest_label=draw(said),
            accepts=draw(st.sampled_from(["", "image", "document"])),
            commitments=tuple(draw(st.lists(trimmed, max_size=2))),
            group=group,
            condition=draw(expressions),
            check=draw(expressions),
            check_message=draw(said),
            calculation=draw(expressions),
            default=draw(expressions),
            may_decline=draw(flags),
            data_class=draw(st.sampled_from(DATA_CLASSES)),
            appearance=draw(st.sampled_from(["", "minimal", "likert"])),
            carried=draw(carried),
        )

    def section(number: int) -> Section:
        groups: list[Group] = []
        questions: list[Question] = []
        around = [""]
        for _step in range(draw(st.integers(0, 6))):
            step = draw(st.sampled_from(["ask", "ask", "begin", "end"]))
            if step == "ask":
                questions.append(asked(len(questions), around[-1]))
            elif step == "begin":
                new = Group(
                    id=f"g{len(groups)}",
                    code=draw(st.sampled_from(["", code()])),
                    title=draw(said),
                    parent=around[-1],
                    condition=draw(expressions),
                    appearance=draw(st.sampled_from(["", "table-list"])),
                    carried=draw(carried),
                )
                groups.append(new)
                around.append(new.id)
            elif len(around) > 1:
                around.pop()
        return Section(
            id=f"s{number}",
            title=draw(said),
            introduction=draw(said),
            questions=tuple(questions),
            code=draw(st.sampled_from(["", code()])),
            condition=draw(expressions),
            groups=tuple(groups),
            is_loose=draw(flags),
            appearance=draw(st.sampled_from(["", "field-list"])),
            carried=draw(carried),
        )

    return Definition(
        title={languages[0]: draw(trimmed)} | draw(said),
        introduction=draw(said),
        sections=tuple(section(number) for number in range(draw(st.integers(0, 3)))),
        languages=languages,
        language_names=draw(st.dictionaries(st.sampled_from(languages), trimmed)),
        carried=draw(carried),
    )


def without_identities(definition: Definition) -> Definition:
    """The same, where what was first is called first, whatever it was called."""

    def numbered(section: Section) -> Section:
        names = {"": ""} | {group.id: str(at) for at, group in enumerate(section.groups)}
        return replace(
            section,
            id="",
            groups=tuple(
                replace(group, id=names[group.id], parent=names[group.parent])
                for group in section.groups
            ),
            questions=tuple(
                replace(
                    question,
                    id="",
                    group=names[question.group],
                    choices=tuple(replace(one, id="") for one in question.choices),
                    rows=tuple(replace(one, id="") for one in question.rows),
                )
                for question in section.questions
            ),
        )

    return replace(definition, sections=tuple(map(numbered, definition.sections)))


def identities_in(definition: Definition) -> list[str]:
    found = []
    for part in definition.sections:
        found += [part.id, *(group.id for group in part.groups)]
        for question in part.questions:
            found += [question.id, *(one.id for one in (*question.choices, *question.rows))]
    return found


@pytest.mark.django_db
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(definition=faithful_definitions())
def test_a_draft_says_exactly_what_its_definition_says(definition):
    made = operations.draft_from_definition(
        slug=str(uuid.uuid4()), definition=definition, by=None, at=NOW
    )

    for kept in (made, type(made).objects.get(pk=made.pk), made.get_latest_revision_as_object()):
        assert without_identities(kept.written) == without_identities(definition)
        assert kept.written.languages == definition.languages
    own = identities_in(made.written)
    assert len(set(own)) == len(own)
    assert all(identity.startswith(made.key) for identity in own)
    made.save_revision()
    assert made.get_latest_revision_as_object().written == made.written


def test_a_group_that_nobody_ends_ends_with_its_section():
    def asked(code: str) -> dict:
        return {"type": "text", "value": {"label": code, "code": code, "identity": code}}

    def group(code: str) -> dict:
        return {"type": "group", "value": {"title": code, "identity": code}}

    end = {"type": "group_end", "value": {}}
    inside = [asked("a"), group("g"), asked("b"), group("h"), asked("c"), end, asked("d")]
    blocks = [
        {"type": "section", "value": {"title": "Un", "questions": inside}},
        {"type": "section", "value": {"title": "Deux", "questions": [end, asked("e")]}},
    ]

    definition = define(title="", introduction="", sections=blocks)

    assert {question.code: question.group for question in definition.questions} == {
        "a": "",
        "b": "g",
        "c": "h",
        "d": "g",
        "e": "",
    }
    assert [(group.id, group.parent) for group in definition.sections[0].groups] == [
        ("g", ""),
        ("h", "g"),
    ]
