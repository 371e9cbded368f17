"""What changed between two definitions, by identity, and what it does to comparability."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.definition import (
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
)
from surveys.questionnaires.differences import Effect, compared_words, differences


def choice(code: str, label: str = "", **options) -> Choice:
    return Choice(id=f"c-{code}", code=code, label={"fr": label or code.capitalize()}, **options)


def question(code: str, kind: str = "text", label: str = "", **options) -> Question:
    return Question(
        id=f"q-{code}", code=code, kind=kind, label={"fr": label or f"{code} ?"}, **options
    )


def section(code: str, *questions: Question, **options) -> Section:
    return Section(id=f"s-{code}", title={"fr": code}, questions=questions, **options)


def definition(*sections: Section, **options) -> Definition:
    return Definition(title={"fr": "Besoins"}, sections=sections, **options)


AGE = question("age", "integer", minimum=10, maximum=120)
NEEDS = question("besoins", "multiple", choices=(choice("sante"), choice("emploi"), choice("rien")))
STREET = question("rue")
BEFORE = definition(section("quartier", NEEDS, STREET), section("vous", AGE))


def changed(question_before: Question, **options) -> Definition:
    """The definition where one question says something else."""
    new = replace(question_before, **options)
    return definition(
        *(
            replace(
                one,
                questions=tuple(new if q.id == new.id else q for q in one.questions),
            )
            for one in BEFORE.sections
        )
    )


def told(before: Definition, after: Definition) -> dict[str, list[tuple[str, Effect]]]:
    """`{code: [(what, effect), …]}` for the questions that changed."""
    return {
        one.question.code: [(change.what, change.effect) for change in one.changes]
        for one in differences(before, after).questions
        if one.changes
    }


def test_two_equal_definitions_have_no_difference():
    assert not differences(BEFORE, BEFORE)
    assert told(BEFORE, BEFORE) == {}


@pytest.mark.parametrize(
    ("change", "what", "effect"),
    [
        ({"label": {"fr": "Quel est votre âge ?"}}, "label", Effect.CARE),
        ({"label": {"fr": "Age ?"}}, "label", Effect.NONE),
        ({"hint": {"fr": "En années."}}, "hint", Effect.CARE),
        ({"unit": {"fr": "ans"}}, "unit", Effect.VALUES),
        ({"code": "votre_age"}, "code", Effect.NONE),
        ({"required": True}, "required", Effect.RATES),
        ({"may_decline": True}, "may_decline", Effect.RATES),
        ({"condition": "${rue} != ''"}, "condition", Effect.BASES),
        ({"check": ". > 3"}, "check", Effect.CARE),
        ({"minimum": 18}, "minimum", Effect.CARE),
        ({"data_class": "personal"}, "data_class", Effect.NONE),
        ({"commitments": ("a-1",)}, "commitments", Effect.NONE),
    ],
)
def test_what_a_question_says_differently_has_its_effect(change, what, effect):
    assert told(BEFORE, changed(AGE, **change)) == {
        change.get("code", "age"): [(what, effect)],
    }


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ((*NEEDS.choices, choice("autre_chose")), [("choice_added", Effect.SHARES)]),
        (NEEDS.choices[:2], [("choice_removed", Effect.SHARES)]),
        ((replace(NEEDS.choices[0], code="soins"), *NEEDS.choices[1:]), [("choice_code", 0)]),
        ((choice("sante", "Se soigner"), *NEEDS.choices[1:]), [("choice_label", Effect.CARE)]),
        (
            (NEEDS.choices[1], NEEDS.choices[0], NEEDS.choices[2]),
            [("choices_reordered", Effect.NONE)],
        ),
        (
            (*NEEDS.choices[:2], replace(NEEDS.choices[2], exclusive=True)),
            [("choice_exclusive", Effect.SHARES)],
        ),
    ],
)
def test_what_its_choices_say_differently_has_its_effect(choices, expected):
    assert told(BEFORE, changed(NEEDS, choices=choices)) == {"besoins": expected}


def test_a_question_moved_to_another_section_compares():
    after = definition(section("quartier", NEEDS), section("vous", AGE, STREET))

    assert told(BEFORE, after) == {"rue": [("moved", Effect.NONE)]}


def test_only_the_questions_that_changed_places_are_said_to_have():
    one, two, three, four = (question(code) for code in ("un", "deux", "trois", "quatre"))
    before = definition(section("tout", one, two, three, four))
    after = definition(section("tout", two, three, four, one))

    assert told(before, after) == {"un": [("reordered", Effect.NONE)]}


def test_an_added_question_moves_nobody():
    after = definition(section("quartier", question("nom"), NEEDS, STREET), BEFORE.sections[1])

    assert told(BEFORE, after) == {"nom": [("added", Effect.NEW)]}


def test_a_question_that_is_gone_is_told_where_it_was():
    after = definition(section("quartier", NEEDS), BEFORE.sections[1])

    found = differences(BEFORE, after).sections[0].questions

    assert [(one.question.code, one.effect) for one in found] == [
        ("besoins", Effect.NONE),
        ("rue", Effect.GONE),
    ]


def test_the_questions_of_a_section_that_is_gone_are_told_last():
    after = definition(section("quartier", NEEDS, STREET))

    found = differences(BEFORE, after).sections

    assert [change.what for change in found[1].changes] == ["section_removed"]
    assert [(one.question.code, one.effect) for one in found[1].questions] == [("age", Effect.GONE)]


def test_another_kind_of_question_takes_the_place_of_the_first():
    rating = Question(id="q-new", code="age_2", kind="rating", label=AGE.label)
    after = definition(BEFORE.sections[0], section("vous", rating))

    found = [one for one in differences(BEFORE, after).questions if one.changes]

    assert [(one.before, one.after) for one in found] == [(AGE, rating)]
    assert [(change.what, change.before, change.after) for change in found[0].changes] == [
        ("retyped", "integer", "rating")
    ]
    assert not found[0].effect.is_comparable


def test_the_same_identity_with_another_kind_is_another_question():
    after = changed(AGE, kind="rating", minimum=None, maximum=None)

    assert told(BEFORE, after) == {"age": [("retyped", Effect.NEW)]}


def test_a_condition_that_names_a_renamed_question_did_not_change():
    before = changed(AGE, condition="${rue} != ''")
    after = definition(
        section("quartier", NEEDS, replace(STREET, code="votre_rue")),
        section("vous", replace(AGE, condition="${votre_rue}   != ''")),
    )

    assert told(before, after) == {"votre_rue": [("code", Effect.NONE)]}


def test_a_condition_that_names_a_renamed_choice_did_not_change():
    before = changed(AGE, condition="selected(${besoins}, 'sante')")
    renamed = replace(NEEDS, choices=(replace(NEEDS.choices[0], code="soin"), *NEEDS.choices[1:]))
    after = definition(
        section("quartier", renamed, STREET),
        section("vous", replace(AGE, condition="selected(${besoins}, 'soin')")),
    )

    assert told(before, after) == {"besoins": [("choice_code", Effect.NONE)]}


def test_a_condition_of_the_section_concerns_each_of_its_questions():
    after = definition(
        BEFORE.sections[0], replace(BEFORE.sections[1], condition="${rue} = 'Leclerc'")
    )

    assert told(BEFORE, after) == {"age": [("condition", Effect.BASES)]}
    assert [change.what for change in differences(BEFORE, after).sections[1].changes] == [
        "section_condition"
    ]


def test_a_condition_of_a_group_concerns_each_of_its_questions():
    def grouped(condition: str) -> Definition:
        group = Group(id="g-1", code="chez_vous", title={"fr": "Chez vous"}, condition=condition)
        return definition(
            section("vous", replace(STREET, group="g-1"), AGE, groups=(group,)),
        )

    assert told(grouped(""), grouped("${age} > 17")) == {"rue": [("condition", Effect.BASES)]}


def test_a_question_moved_where_another_condition_holds_is_asked_of_others():
    conditional = section("plus", question("nom"), condition="${age} > 17")
    before = definition(*BEFORE.sections, conditional)
    after = definition(
        section("quartier", NEEDS),
        BEFORE.sections[1],
        replace(conditional, questions=(*conditional.questions, STREET)),
    )

    assert told(before, after) == {
        "rue": [("moved", Effect.NONE), ("condition", Effect.BASES)],
    }


def test_translations_are_told_apart_from_the_text():
    arabic = {"fr": STREET.label["fr"], "ar": "شارعك؟"}
    after = changed(STREET, label=arabic)

    [found] = [one for one in differences(BEFORE, after).questions if one.changes]
    [change] = found.changes

    assert (change.what, change.language, change.after) == ("translation", "ar", "شارعك؟")
    assert change.effect == Effect.NONE


def test_a_translation_that_was_read_and_changed_calls_for_care():
    before = changed(STREET, label={"fr": "rue ?", "ar": "شارعك؟"})
    after = changed(STREET, label={"fr": "rue ?", "ar": "عنوانك؟"})

    assert told(before, after) == {"rue": [("translation", Effect.CARE)]}


def test_a_row_more_changes_nothing_for_the_others():
    rows = (Row("r-1", "bus", {"fr": "Bus"}), Row("r-2", "train", {"fr": "Train"}))
    before = changed(STREET, rows=rows[:1])
    after = changed(STREET, rows=rows)

    assert told(before, after) == {"rue": [("row_added", Effect.NONE)]}


def test_the_whole_and_the_sections_tell_their_changes():
    after = Definition(
        title={"fr": "Besoins 2027"},
        introduction={"fr": "Merci."},
        sections=(BEFORE.sections[1], replace(BEFORE.sections[0], title={"fr": "Ici"})),
        languages=("fr", "ar"),
    )

    found = differences(BEFORE, after)

    assert [change.what for change in found.changes] == [
        "title",
        "introduction",
        "language_added",
    ]
    assert [[change.what for change in section.changes] for section in found.sections] == [
        [],
        ["section_title", "section_moved"],
    ]


def test_the_words_that_changed_are_told_from_those_that_stayed():
    assert compared_words("Votre âge ?", "Votre âge exact ?") == [
        ("same", "Votre âge "),
        ("added", "exact "),
        ("same", "?"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_compared_words_give_both_texts_back(before, after):
    pieces = compared_words(before, after)

    assert "".join(text for tag, text in pieces if tag != "added") == before
    assert "".join(text for tag, text in pieces if tag != "removed") == after


CODES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(CODES, CODES)
def test_each_question_of_either_side_is_told_once(before, after):
    def written(codes: list[str]) -> Definition:
        half = len(codes) // 2
        return definition(
            section("un", *map(question, codes[:half])),
            section("deux", *map(question, codes[half:])),
        )

    found = list(differences(written(before), written(after)).questions)

    assert sorted(one.question.code for one in found) == sorted({*before, *after})
    assert {one.question.code for one in found if one.before is None} == {*after} - {*before}
    assert {one.question.code for one in found if one.after is None} == {*before} - {*after}
