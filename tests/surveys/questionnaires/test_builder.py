from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.builder import blocks_of, define
from surveys.questionnaires.definition import Choice, Definition, Question, Section
from surveys.questionnaires.identities import settle
from surveys.questionnaires.question_types import KINDS

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
