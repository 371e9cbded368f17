"""Nothing is lost when a question, a section or a whole questionnaire is duplicated."""

import uuid
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from surveys.questionnaires import queries, renewal
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.expressions.writing import rename
from surveys.questionnaires.identities import Block
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import draft_from_definition
from tests.people import NOW
from tests.surveys.questionnaires.test_builder import faithful_definitions, without_identities

DRAWN = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def drafted(definition: Definition) -> Questionnaire:
    slug = f"q-{uuid.uuid4().hex[:12]}"
    return draft_from_definition(slug=slug, definition=definition, by=None, at=NOW)


def duplicated(block: Block) -> Block:
    """What Wagtail's button makes: new ids for the block and those that it holds, while the
    choices and the rows of a question, which are one field, keep theirs."""
    copy = deepcopy(block)
    copy["id"] = str(uuid.uuid4())
    inside = copy["value"].get("questions", [])
    copy["value"].update({"questions": list(map(duplicated, inside))} if inside else {})
    return copy


def rewritten(questionnaire: Questionnaire, blocks: list[Block]) -> Definition:
    draft = queries.draft_of(questionnaire)
    draft.sections = draft.sections.stream_block.to_python(blocks)
    draft.save_revision()
    questionnaire.refresh_from_db()
    return queries.draft_of(questionnaire).written


def nameless(section: Section) -> Section:
    """A section without its identities and codes, whose expressions name by place instead."""
    places = {one.code: f"place{number}" for number, one in enumerate(section.questions)}
    groups = {group.id: f"group{number}" for number, group in enumerate(section.groups)}

    def named(expression: str, own: str = "") -> str:
        return rename(expression, questions=places, own=own)

    return replace(
        section,
        id="",
        code="",
        condition=named(section.condition),
        groups=tuple(
            replace(
                group,
                id=groups[group.id],
                code="",
                parent=groups.get(group.parent, ""),
                condition=named(group.condition),
            )
            for group in section.groups
        ),
        questions=tuple(
            replace(
                nameless_question(one),
                group=groups.get(one.group, ""),
                condition=named(one.condition),
                check=named(one.check, one.code),
                calculation=named(one.calculation),
            )
            for one in section.questions
        ),
    )


def nameless_question(question: Question) -> Question:
    """Without its identity and code; its choices and rows keep their codes."""
    return replace(
        question,
        id="",
        code="",
        group="",
        choices=tuple(replace(one, id="") for one in question.choices),
        rows=tuple(replace(one, id="") for one in question.rows),
    )


def identities(definition: Definition) -> list[str]:
    return [
        identity
        for section in definition.sections
        for identity in (
            section.id,
            *(group.id for group in section.groups),
            *(one.id for one in section.questions),
            *(choice.id for one in section.questions for choice in one.choices),
            *(row.id for one in section.questions for row in one.rows),
        )
    ]


def codes(definition: Definition) -> list[str]:
    return [question.code for question in definition.questions]


@pytest.mark.django_db
@given(definition=faithful_definitions())
@DRAWN
def test_a_whole_questionnaire_is_duplicated_faithfully(definition):
    original = queries.draft_of(drafted(definition))

    copy = queries.draft_of(
        renewal.copy_questionnaire(
            questionnaire=original,
            title=original.title,
            slug=f"c-{original.slug}",
            by=None,
            at=NOW,
        )
    )

    assert without_identities(copy.written) == without_identities(original.written)
    assert not set(identities(copy.written)) & set(identities(original.written))
    assert [len(said) for said in copy.translations.values()] == [
        len(said) for said in original.translations.values()
    ]


@pytest.mark.django_db
@given(definition=faithful_definitions(), data=st.data())
@DRAWN
def test_a_section_is_duplicated_with_all_that_it_says(definition, data):
    assume(definition.sections)
    questionnaire = drafted(definition)
    before = queries.draft_of(questionnaire)
    number = data.draw(st.integers(0, len(definition.sections) - 1))
    blocks = before.blocks

    after = rewritten(
        questionnaire,
        [*blocks[: number + 1], duplicated(blocks[number]), *blocks[number + 1 :]],
    )

    original, copy = after.sections[number : number + 2]
    assert original == before.written.sections[number]
    assert nameless(copy) == nameless(original)
    assert len(set(identities(after))) == len(identities(after))
    assert len(set(codes(after))) == len(codes(after))
    others = [one for one in after.sections if one is not copy]
    assert others == list(before.written.sections)


@pytest.mark.django_db
@given(definition=faithful_definitions(), data=st.data())
@DRAWN
def test_a_question_is_duplicated_with_all_that_it_says(definition, data):
    places = [
        (at, number)
        for at, section in enumerate(definition.sections)
        for number, _question in enumerate(section.questions)
    ]
    assume(places)
    questionnaire = drafted(definition)
    before = queries.draft_of(questionnaire)
    at, number = data.draw(st.sampled_from(places))
    identity = before.written.sections[at].questions[number].id
    blocks = before.blocks
    inside = blocks[at]["value"]["questions"]
    place = next(n for n, one in enumerate(inside) if one["value"].get("identity") == identity)
    inside.insert(place + 1, duplicated(inside[place]))

    after = rewritten(questionnaire, blocks)

    original, copy = after.sections[at].questions[number : number + 2]
    assert original == before.written.sections[at].questions[number]
    assert copy.group == original.group
    assert replace(nameless_question(copy), check="") == replace(
        nameless_question(original), check=""
    )
    own = {original.code: "self"}, {copy.code: "self"}
    assert rename(copy.check, questions=own[1]) == rename(original.check, questions=own[0]) or (
        copy.check == original.check
    )
    assert len(set(identities(after))) == len(identities(after))
    assert len(set(codes(after))) == len(codes(after))


def test_inside_a_copied_section_conditions_name_the_copied_questions(db):
    section = Section(
        id="s",
        title={"fr": "Vous"},
        questions=(
            Question("q-age", "age", "integer", {"fr": "Âge ?"}),
            Question("q-rue", "rue", "text", {"fr": "Rue ?"}, condition="${age} > 17"),
            Question("q-mot", "mot", "text", {"fr": "Mot ?"}, condition="${ville} = 'x'"),
        ),
    )
    first = Section(
        id="t", title={"fr": "Ici"}, questions=(Question("q-v", "ville", "text", {"fr": "?"}),)
    )
    questionnaire = drafted(Definition(title={"fr": "Besoins"}, sections=(first, section)))
    blocks = queries.draft_of(questionnaire).blocks

    after = rewritten(questionnaire, [*blocks, duplicated(blocks[1])])

    age, street, word = after.sections[2].questions
    assert age.code != "age"
    assert street.condition == f"${{{age.code}}} > 17"
    assert word.condition == "${ville} = 'x'"
    assert after.sections[1].questions[1].condition == "${age} > 17"
