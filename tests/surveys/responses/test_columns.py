import pytest

from surveys.questionnaires.definition import Choice, Definition, Question, Section
from surveys.responses.columns import column_for, document_of, is_answer
from tests.surveys.every_kind import EVERY_KIND


def read(definition: Definition = EVERY_KIND, **cells):
    return read_cells(definition, cells)


def read_cells(definition: Definition, cells: dict):
    columns = {name: column_for(definition, name) for name in cells}
    assert None not in columns.values()
    return document_of(cells, columns)


def test_a_row_of_a_matrix_has_its_column():
    cells = {"semaine/matin": "jamais", "choisir/semaine/soir": "souvent", "semaine/midi": ""}

    assert read_cells(EVERY_KIND, cells) == (
        {"q-semaine": {"rows": {"r-matin": "c-jamais", "r-soir": "c-souvent"}}},
        [],
    )


def test_a_row_of_several_choices_has_a_column_each_or_one_for_all():
    each = {"avec/soir/seul": 1, "avec/soir/entre_amis": "1", "avec/soir/en_famille": 0}
    together = {"avec/soir": "seul entre_amis"}
    document = {"q-avec": {"rows": {"r-soir": ["c-seul", "c-entre_amis"]}}}

    assert read_cells(EVERY_KIND, each) == (document, [])
    assert read_cells(EVERY_KIND, together) == (document, [])


def test_a_ranking_is_one_column_or_one_a_rank():
    document = {"q-deux": {"ranking": ["c-un_bus", "c-un_banc"]}}

    assert read(deux="un_bus un_banc") == (document, [])
    assert read_cells(EVERY_KIND, {"deux/2": "un_banc", "deux/1": "un_bus"}) == (document, [])


def test_a_place_has_its_words_and_its_coordinates():
    cells = {"lieu": "Ici", "lieu/latitude": "48,85", "lieu/longitude": 2.35}

    assert read_cells(EVERY_KIND, cells) == (
        {"q-lieu": {"label": "Ici", "latitude": 48.85, "longitude": 2.35}},
        [],
    )
    assert read(lieu="48.85 2.35 0 0") == (
        {"q-lieu": {"latitude": 48.85, "longitude": 2.35}},
        [],
    )


def test_what_was_specified_is_found_under_both_names():
    document = {"q-liste": {"choice": "other", "other": "Un four"}}

    assert read_cells(EVERY_KIND, {"liste/other_text": "Un four"}) == (document, [])
    assert read_cells(EVERY_KIND, {"liste": "other", "liste_other": "Un four"}) == (document, [])


def test_an_answer_that_was_declined_says_so_in_any_of_its_columns():
    cells = {"avec/matin": "prefer_not_to_say", "avec/soir": "", "age": "prefer_not_to_say"}

    assert read_cells(EVERY_KIND, cells) == (
        {"q-avec": {"declined": True}, "q-age": {"declined": True}},
        [],
    )


def test_an_answer_that_was_declined_and_given_is_refused():
    cells = {"avec/matin": "prefer_not_to_say", "avec/soir": "seul"}

    document, [refusal] = read_cells(EVERY_KIND, cells)

    assert document == {}
    assert (refusal.code, refusal.error.reason) == ("avec", "declined_and_answered")


def asking(*codes: str, **parts) -> Definition:
    questions = tuple(Question(f"id-{code}", code, **parts, label={}) for code in codes)
    return Definition({}, sections=(Section("s", {}, questions=questions),))


def test_a_code_that_begins_with_an_underscore_is_an_answer_unless_it_is_reserved():
    definition = asking("_age", "_uuid", kind="text")

    assert is_answer(definition, "_age")
    assert is_answer(definition, "age")
    assert not is_answer(definition, "_uuid")
    assert not is_answer(definition, "_submitted_by")
    assert not is_answer(definition, "meta/instanceID")


@pytest.mark.parametrize("name", ["a.b", "a.b.c", "groupe/a.b.c"])
def test_codes_may_hold_dots(name):
    definition = asking("a.b", "a.b.c", kind="text")

    assert column_for(definition, name).question.code == name.rpartition("/")[2]


def test_codes_of_choices_may_hold_signs_that_separate():
    choices = (Choice("1", "a/b", {}), Choice("2", "c,d", {}), Choice("3", "e|f", {}))
    definition = asking("q.q", kind="multiple", choices=choices)

    both = {"id-q.q": {"choices": ["1", "2"]}}
    assert read_cells(definition, {"q.q": "a/b c,d"}) == (both, [])
    assert read_cells(definition, {"q.q/a/b": 1, "q.q/c,d": 1, "q.q/e|f": 0}) == (both, [])
    assert read_cells(definition, {"q.q.c,d": 1}) == ({"id-q.q": {"choices": ["2"]}}, [])


def test_a_computed_value_is_worked_out_anew():
    definition = asking("score", kind="computed")

    assert read(definition, score="12") == ({}, [])
