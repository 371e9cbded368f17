import json
import math
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.definition import OTHER, Choice, Question, Row
from surveys.questionnaires.question_types import (
    DECLINED,
    KINDS,
    InvalidAnswer,
    clean,
    clean_code,
    is_complete,
)

CHOICES = (
    Choice("c1", "sport", {"fr": "Le sport"}),
    Choice("c2", "culture", {"fr": "La culture"}),
    Choice("c3", "aucun", {"fr": "Aucun"}, exclusive=True),
)
ROWS = (Row("r1", "matin", {"fr": "Le matin"}), Row("r2", "soir", {"fr": "Le soir"}))


def question(kind: str, **changes) -> Question:
    parts = {}
    if KINDS[kind].has_choices:
        parts = {"choices": CHOICES, "has_other": kind in {"single", "multiple"}}
    if KINDS[kind].has_rows:
        parts |= {"rows": ROWS}
    return Question(id="q1", code="q", kind=kind, label={"fr": "?"}, **{**parts, **changes})


QUESTIONS = [
    *(question(kind) for kind in KINDS),
    *(question(kind, may_decline=True) for kind in KINDS),
    question("integer", minimum=-5, maximum=120),
    question("decimal", minimum=0.5, maximum=9.25, unit={"fr": "km"}),
    question("rating", minimum=1, maximum=5),
    question("multiple", minimum=2, maximum=2),
    question("ranking", maximum=2),
    question("ranking", minimum=1, maximum=2),
    question("matrix", several=True),
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from(["c1", "c2", "c3", OTHER, "sport", "oui", "non", "12", "1 200", "3,5"])
    | st.sampled_from(["31/12/2026", "14h30", "06 12 34 56 78", "a@exemple.fr", "qn07501m"])
    | st.sampled_from(["1.234,56 km", "48.85 2.35", "prefer_not_to_say", "\u0660", "1e5"])
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["choice", "choices", "other", "x"]), inner)
        | st.dictionaries(st.sampled_from(["ranking", "rows", "ranks", "declined"]), inner)
        | st.dictionaries(st.sampled_from(["r1", "r2", "soir", "c1", "c2"]), inner)
        | st.dictionaries(st.sampled_from(["label", "latitude", "longitude"]), inner)
    ),
    max_leaves=8,
)
# Written as people write them, and nearly so: what is random seldom gets past the first check.
NEARLY_RIGHT = {
    "decimal": r"[+-]?\d{1,3}([ .,']\d{3}){0,2}([.,]\d{0,8})?([eE][+-]?\d{1,2})?( km)?",
    "integer": r"[+-]?\d{1,3}([ .,]\d{3}){0,2}",
    "rating": r"-?\d{1,2}",
    "email": r"[a-zA-Zé.+_-]{1,8}@[a-zA-Zé0-9-]{1,8}\.[a-zA-Z]{2,3}",
    "phone": r"(\+\d{2}|00\d{2}|0)[ .]?\d{1,2}([ .-]?\d\d){3,5}( ?(x|ext\.?) ?\d{1,3})?",
    "date": r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/. -](\d{1,2}|mai|juil|d[ée]cembre)[/. -]\d{4})",
    "time": r"\d{1,2} ?[h:.]? ?(\d{2})?( ?[ap]m)?",
    "territory": r"[qQ][nN]\d{5}[mMinc]",
    "place": r"-?\d{1,3}\.\d{1,9}[ ,]-?\d{1,3}\.\d{1,9}( \d){0,2}",
}
ONE_OF_ROWS = st.sampled_from(["c1", "c2", "c3", "sport", ""])
SHAPED = {
    "ranking": st.lists(st.sampled_from(["c1", "c2", "c3"]), max_size=4).map(
        lambda ids: {"ranking": ids}
    )
    | st.dictionaries(
        st.sampled_from(["c1", "c2", "c3"]), st.sampled_from(["1", "2", " 3 ", "4", "", "x"])
    ).map(lambda ranks: {"ranks": ranks}),
    "matrix": st.dictionaries(
        st.sampled_from(["r1", "r2"]), ONE_OF_ROWS | st.lists(ONE_OF_ROWS, max_size=3)
    ).map(lambda rows: {"rows": rows}),
    "place": st.fixed_dictionaries(
        {},
        optional={
            "label": st.text(max_size=5),
            "latitude": st.floats(-91, 91) | st.text(max_size=3),
            "longitude": st.floats(-181, 181),
        },
    ),
}


def sent(asked: Question) -> st.SearchStrategy:
    raw = JSON
    if asked.kind in NEARLY_RIGHT:
        raw |= st.from_regex(NEARLY_RIGHT[asked.kind], fullmatch=True)
    return raw | SHAPED[asked.kind] if asked.kind in SHAPED else raw


@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.kind)
@given(st.data(), st.sampled_from([clean, clean_code]))
def test_a_cleaned_value_stays_as_it_is_and_a_refusal_is_the_only_other_end(asked, data, cleaning):
    raw = data.draw(sent(asked))
    try:
        value = cleaning(asked, raw)
    except InvalidAnswer:
        return
    assert value not in ("", [], {})
    assert clean(asked, value) == value
    assert type(clean(asked, value)) is type(value)
    assert json.loads(json.dumps(value)) == value


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
        ("rating", 5.5, "not_whole"),
        ("decimal", "1,2,3", "not_a_number"),
        ("decimal", "12 litres", "not_a_number"),
        ("decimal", math.inf, "not_a_number"),
        ("decimal", "1e99", "too_large"),
        ("email", "aminata.example.org", "not_an_email"),
        ("email", "a@b@exemple.fr", "not_an_email"),
        ("email", "aminata@exemple", "not_an_email"),
        ("phone", "06 12", "not_a_phone"),
        ("phone", "demain", "not_a_phone"),
        ("date", "demain", "not_a_date"),
        ("date", "12/31/2026", "no_such_day"),
        ("date", "29/02/2026", "no_such_day"),
        ("date", "31/12/26", "not_a_date"),
        ("date", "1 ju 2026", "not_a_date"),
        ("date", 46022, "not_a_date"),
        ("time", "25h", "not_a_time"),
        ("time", "14:60", "not_a_time"),
        ("time", "14", "not_a_time"),
        ("time", "14:30 pm", "not_a_time"),
        ("ranking", ["c1", "c2"], "too_few_ranks"),
        ("ranking", ["c1", "c2", "c3", "c1"], "ranked_twice"),
        ("ranking", {"ranks": {"c1": "1", "c2": "1"}}, "rank_twice"),
        ("ranking", {"ranks": {"c1": "1", "c2": "3"}}, "rank_missing"),
        ("ranking", {"ranks": {"c1": "4"}}, "not_a_rank"),
        ("ranking", {"ranks": {"c1": "premier"}}, "not_a_rank"),
        ("ranking", ["c9"], "unknown_choice"),
        ("matrix", {"rows": {"r9": "c1"}}, "unknown_row"),
        ("matrix", {"rows": {"r1": "c9"}}, "unknown_choice"),
        ("matrix", {"rows": {"r1": ["c1", "c2"]}}, "one_choice_only"),
        ("matrix", "c1", "not_rows"),
        ("territory", "Les Tilleuls", "unknown_territory"),
        ("territory", 75, "unknown_territory"),
        ("place", {"latitude": 48.85}, "half_a_position"),
        ("place", {"latitude": "nord", "longitude": 2}, "not_a_position"),
        ("place", {"latitude": 91, "longitude": 2}, "not_a_position"),
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
        ("decimal", "12,5", 12.5),
        ("decimal", "1\u202f234,56", 1234.56),
        ("decimal", "1.234,56", 1234.56),
        ("decimal", "1,234.56", 1234.56),
        ("decimal", "1.234.567", 1234567),
        ("decimal", "1'234,5", 1234.5),
        ("decimal", "1,234", 1.234),
        ("decimal", ",5", 0.5),
        ("decimal", "\u22120,0", 0),
        ("decimal", 0.1 + 0.2, 0.3),
        ("decimal", 12.0, 12),
        ("decimal", "2.5E-3", 0.0025),
        ("email", " Aminata.Diallo@Exemple.FR ", "Aminata.Diallo@exemple.fr"),
        ("phone", "06 12 34 56 78", "+33612345678"),
        ("phone", "06.12.34.56.78", "+33612345678"),
        ("phone", 612345678.0, "+33612345678"),
        ("phone", "00 33 6 12 34 56 78", "+33612345678"),
        ("phone", "+32 470 12 34 56", "+32470123456"),
        ("phone", "0262 12 34 56", "+262262123456"),
        ("phone", "'+33612345678", "+33612345678"),
        ("phone", "01 23 45 67 89 ext. 12", "+33123456789 x12"),
        ("date", "31/12/2026", "2026-12-31"),
        ("date", "1er mai 2026", "2026-05-01"),
        ("date", "31 déc. 2026", "2026-12-31"),
        ("date", "4 July 1990", "1990-07-04"),
        ("date", "2026-12-31 00:00:00", "2026-12-31"),
        ("date", "2026-12-31T00:00:00.000+01:00", "2026-12-31"),
        ("date", datetime(2026, 12, 31, 8, 30), "2026-12-31"),  # noqa: DTZ001 as spreadsheets give
        ("date", date(2026, 12, 31), "2026-12-31"),
        ("time", "14h30", "14:30"),
        ("time", "9 h 05", "09:05"),
        ("time", "14h", "14:00"),
        ("time", "14:30:00.000+01:00", "14:30"),
        ("time", "2:30 pm", "14:30"),
        ("time", "12 am", "00:00"),
        ("time", time(14, 30), "14:30"),
        ("ranking", ["c2", "c3", "c1"], {"ranking": ["c2", "c3", "c1"]}),
        (
            "ranking",
            {"ranks": {"c1": "3", "c2": " 1", "c3": "2"}},
            {"ranking": ["c2", "c3", "c1"]},
        ),
        ("matrix", {"r2": "c1"}, {"rows": {"r2": "c1"}}),
        ("matrix", {"rows": {"r2": ["c1"], "r1": ""}}, {"rows": {"r2": "c1"}}),
        ("territory", " qn07501m ", "QN07501M"),
        ("place", "Devant la mairie", {"label": "Devant la mairie"}),
        ("place", "48.8566 2.3522 0 10", {"latitude": 48.8566, "longitude": 2.3522}),
        (
            "place",
            {"label": "Ici", "latitude": "48,85", "longitude": 2},
            {"label": "Ici", "latitude": 48.85, "longitude": 2.0},
        ),
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


def test_the_unit_may_be_typed_after_the_number():
    assert clean(question("decimal", unit={"fr": "km"}), "12,5 KM") == 12.5
    assert clean(question("integer", unit={"fr": "personnes", "en": "people"}), "12 people") == 12


def test_a_rating_has_the_bounds_of_its_question():
    asked = question("rating", minimum=1, maximum=5)

    assert clean(asked, "5") == 5
    for raw, reason in [("0", "too_small"), ("6", "too_large")]:
        with pytest.raises(InvalidAnswer) as refusal:
            clean(asked, raw)
        assert refusal.value.reason == reason


def test_how_many_choices_may_be_taken_is_bounded():
    asked = question("multiple", minimum=2, maximum=2, has_other=True)

    assert clean(asked, ["c1", "c2"]) == {"choices": ["c1", "c2"]}
    assert clean(asked, ["c3"]) == {"choices": ["c3"]}
    with pytest.raises(InvalidAnswer) as few:
        clean(asked, ["c1"])
    with pytest.raises(InvalidAnswer) as many:
        clean(asked, ["c1", "c2", OTHER])
    assert (few.value.reason, few.value.params) == ("too_few_choices", {"minimum": 2})
    assert (many.value.reason, many.value.params) == ("too_many_choices", {"maximum": 2})


def test_only_the_best_are_ranked_where_the_question_says_so():
    asked = question("ranking", maximum=2)

    assert clean(asked, ["c3", "c1"]) == {"ranking": ["c3", "c1"]}
    for raw, reason in [(["c3"], "too_few_ranks"), (["c3", "c1", "c2"], "too_many_ranks")]:
        with pytest.raises(InvalidAnswer) as refusal:
            clean(asked, raw)
        assert refusal.value.reason == reason
    assert clean(question("ranking", minimum=1, maximum=2), ["c3"]) == {"ranking": ["c3"]}


def test_files_rank_and_fill_rows_by_codes():
    assert clean_code(question("ranking"), "culture sport aucun") == {"ranking": ["c2", "c1", "c3"]}
    assert clean_code(question("matrix"), {"soir": "Sport", "matin": ""}) == {"rows": {"r2": "c1"}}
    assert clean_code(question("matrix", several=True), {"matin": "culture sport"}) == {
        "rows": {"r1": ["c1", "c2"]}
    }


@pytest.mark.parametrize("kind", [kind for kind, of in KINDS.items() if of.is_answered])
def test_whoever_prefers_not_to_say_may_where_the_question_allows_it(kind):
    asked = question(kind, may_decline=True)

    assert clean(asked, {"declined": True}) == DECLINED
    assert clean(asked, {"declined": True, "answer": ""}) == DECLINED
    assert clean_code(asked, " prefer_not_to_say ") == DECLINED
    assert is_complete(asked, DECLINED)
    with pytest.raises(InvalidAnswer) as both:
        clean(asked, {"declined": True, "answer": "12"})
    with pytest.raises(InvalidAnswer) as refusal:
        clean(question(kind), {"declined": True})
    assert both.value.reason == "declined_and_answered"
    assert refusal.value.reason == "cannot_decline"


def test_a_matrix_is_complete_when_every_row_is():
    asked = question("matrix", required=True)

    assert not is_complete(asked, None)
    assert not is_complete(asked, {"rows": {"r1": "c1"}})
    assert is_complete(asked, {"rows": {"r1": "c1", "r2": "c1"}})
    assert is_complete(question("text"), "Oui")
