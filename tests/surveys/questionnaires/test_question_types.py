import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.definition import OTHER, Choice, Question
from surveys.questionnaires.question_types import KINDS, InvalidAnswer, clean, clean_code

CHOICES = (
    Choice("c1", "sport", {"fr": "Le sport"}),
    Choice("c2", "culture", {"fr": "La culture"}),
    Choice("c3", "aucun", {"fr": "Aucun"}, exclusive=True),
)


def question(kind: str, **changes) -> Question:
    parts = {"choices": CHOICES, "has_other": kind in {"single", "multiple"}}
    if not KINDS[kind].has_choices:
        parts = {}
    return Question(id="q1", code="q", kind=kind, label={"fr": "?"}, **{**parts, **changes})


QUESTIONS = [question(kind) for kind in KINDS] + [question("integer", minimum=-5, maximum=120)]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from(["c1", "c2", "c3", OTHER, "sport", "oui", "non", "12", "1 200", "3,5"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["choice", "choices", "other", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.sampled_from(QUESTIONS), JSON, st.sampled_from([clean, clean_code]))
def test_a_cleaned_value_stays_as_it_is_and_a_refusal_is_the_only_other_end(asked, raw, cleaning):
    try:
        value = cleaning(asked, raw)
    except InvalidAnswer:
        return
    assert value not in ("", [], {})
    assert clean(asked, value) == value
    assert type(clean(asked, value)) is type(value)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_a_text_never_keeps_what_a_database_refuses(raw):
    value = clean(question("long_text"), raw)

    if value is not None:
        assert "\0" not in value
        assert value.encode() == value.encode("utf-8", "surrogatepass")


def test_a_choice_is_given_by_id_to_forms_and_by_code_to_files():
    assert clean(question("single"), "c2") == {"choice": "c2"}
    assert clean_code(question("single"), "culture") == {"choice": "c2"}
    assert clean_code(question("single"), " Culture ") == {"choice": "c2"}
    assert clean(question("scale"), {"choice": "c1"}) == {"choice": "c1"}


def test_what_was_specified_beside_other_is_kept_even_when_the_box_was_forgotten():
    assert clean(question("single"), {"choice": "", "other": " Un four "}) == {
        "choice": OTHER,
        "other": "Un four",
    }
    assert clean(question("multiple"), {"choices": ["c1"], "other": "Un four"}) == {
        "choices": ["c1", OTHER],
        "other": "Un four",
    }


def test_other_without_a_word_is_an_answer():
    assert clean(question("single"), OTHER) == {"choice": OTHER}
    assert clean_code(question("multiple"), "sport other") == {"choices": ["c1", OTHER]}


def test_several_choices_come_in_the_order_of_the_question_and_once():
    assert clean(question("multiple"), ["c2", "c1", "c2", ""]) == {"choices": ["c1", "c2"]}
    assert clean_code(question("multiple"), "culture sport") == {"choices": ["c1", "c2"]}
    assert clean_code(question("multiple"), "culture;sport") == {"choices": ["c1", "c2"]}
    assert clean_code(question("multiple"), ["culture"]) == {"choices": ["c2"]}


def test_a_choice_code_that_is_a_number_is_found_in_a_spreadsheet():
    asked = question("single", choices=(Choice("c9", "9", {"fr": "Neuf"}),))

    assert clean_code(asked, 9.0) == {"choice": "c9"}


@pytest.mark.parametrize(
    ("kind", "raw", "reason"),
    [
        ("single", "c9", "unknown_choice"),
        ("single", ["c1", "c2"], "one_choice_only"),
        ("scale", OTHER, "unknown_choice"),
        ("multiple", ["c1", "c3"], "exclusive_choice"),
        ("multiple", {"choices": ["c3"], "other": "Un four"}, "exclusive_choice"),
        ("boolean", "peut-être", "not_yes_or_no"),
        ("rating", "11", "too_large"),
        ("rating", -1, "too_small"),
        ("rating", True, "not_a_number"),
        ("integer", "3,5", "not_whole"),
        ("integer", "douze", "not_a_number"),
        ("integer", math.nan, "not_a_number"),
        ("integer", 10**15 + 1, "too_large"),
        ("integer", "9" * 5000, "too_large"),
        ("text", "a" * 1001, "too_long"),
        ("long_text", "a" * 20_001, "too_long"),
        ("text", ["a"], "not_a_text"),
        ("statement", "oui", "not_a_question"),
    ],
)
def test_a_refusal_says_why(kind, raw, reason):
    with pytest.raises(InvalidAnswer) as refusal:
        clean(question(kind), raw)

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("boolean", "Oui", True),
        ("boolean", "0", False),
        ("boolean", 1.0, True),
        ("rating", "7", 7),
        ("rating", "0", 0),
        ("integer", "1\u202f200", 1200),
        ("integer", "\u221212", -12),
        ("integer", "42,0", 42),
        ("integer", 42.0, 42),
        ("text", "  E\u0301te\u0301\r\nbleu\0 ", "Été bleu"),
        ("text", 12.0, "12"),
        ("long_text", "un\r\ndeux\ud800", "un\ndeux"),
    ],
)
def test_what_people_write_becomes_a_value(kind, raw, value):
    assert clean(question(kind), raw) == value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_not_an_answer(kind, nothing):
    assert clean(question(kind), nothing) is None
    assert clean_code(question(kind), nothing) is None


def test_the_bounds_of_a_whole_number_are_part_of_it():
    asked = question("integer", minimum=1, maximum=3)

    assert clean(asked, "3") == 3
    with pytest.raises(InvalidAnswer) as refusal:
        clean(asked, "4")
    assert (refusal.value.reason, refusal.value.params) == ("too_large", {"maximum": 3})
