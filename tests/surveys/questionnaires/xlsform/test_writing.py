from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from surveys.questionnaires.definition import Choice, Definition, Question, Row, Section
from surveys.questionnaires.xlsform import xlsform_of
from tests.surveys.questionnaires.xlsform.drawn import definitions
from tests.surveys.questionnaires.xlsform.sheets import (
    exported,
    imported,
    in_memory,
    pyxform_form,
    pyxform_json,
    read,
    read_file,
    without_identities,
    workbook,
)

PATIENTLY = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def asked(*questions: Question, **section) -> Definition:
    held = Section(id="s", title={"fr": "Vous"}, code="vous", questions=questions, **section)
    return Definition(title={"fr": "Enquête"}, sections=(held,))


def rows_of(definition: Definition, name: str = "survey") -> list[dict[str, str]]:
    """The rows of a written sheet, by header, without what they leave empty."""
    sheet = next(one for one in xlsform_of(definition, form_id="enquete") if one.name == name)
    (_one, headers), *lines = sheet.rows
    return [
        {header: cell for header, cell in zip(headers, cells, strict=True) if cell}
        for _number, cells in lines
    ]


@PATIENTLY
@given(definitions())
def test_whatever_the_questionnaire_its_export_gives_it_again_and_pyxform_accepts_it(definition):
    content = exported(definition)

    assert without_identities(read_file(content)) == without_identities(definition)
    assert pyxform_form(content).startswith("<?xml")


def test_a_matrix_is_a_table_of_questions_that_expressions_name_by_row():
    scale = (Choice("c1", "peu", {"fr": "Peu"}), Choice("c2", "bien", {"fr": "Bien"}))
    rows = (Row("r1", "ecole", {"fr": "L'école"}), Row("r2", "parc", {"fr": "Le parc"}))
    matrix = Question("q1", "lieux", "matrix", {"fr": "Ces lieux ?"}, choices=scale, rows=rows)
    why = Question(
        "q2", "pourquoi", "text", {"fr": "Pourquoi ?"}, condition="${lieux/parc} = 'peu'"
    )
    definition = asked(matrix, why)

    survey = rows_of(definition)

    assert [row["type"] for row in survey[1:-1]] == [
        "begin_group",
        "select_one lieux",
        "select_one lieux",
        "end_group",
        "text",
    ]
    assert survey[1]["appearance"] == "table-list"
    assert survey[3]["name"] == "lieux_parc"
    assert survey[5]["relevant"] == "${lieux_parc} = 'peu'"
    assert without_identities(read_file(exported(definition))) == without_identities(definition)


def test_bounds_and_lonely_choices_are_checked_by_whatever_reads_the_form():
    none = (Choice("c1", "un", {"fr": "Un"}), Choice("c2", "rien", {"fr": "Rien"}, exclusive=True))
    several = Question(
        "q1", "quoi", "multiple", {"fr": "Quoi ?"}, choices=none, maximum=2, check=". != 'un'"
    )
    age = Question("q2", "age", "integer", {"fr": "Âge ?"}, minimum=0, maximum=120)
    definition = asked(several, age)

    _begin, first, second, _end = rows_of(definition)

    assert first["constraint"] == (
        "(. != 'un') and count-selected(.) <= 2"
        " and (not(selected(., 'rien')) or count-selected(.) = 1)"
    )
    assert second["constraint"] == ". >= 0 and . <= 120"
    assert without_identities(read_file(exported(definition))) == without_identities(definition)


def test_introductions_are_read_as_notes_elsewhere():
    question = Question("q1", "age", "integer", {"fr": "Âge ?"})
    definition = replace(
        asked(question, introduction={"fr": "Quelques mots sur vous."}),
        introduction={"fr": "Merci d'avance."},
    )

    content = exported(definition)

    notes = [row for row in rows_of(definition) if row["type"] == "note"]
    assert [note["label::Français (fr)"] for note in notes] == [
        "Merci d'avance.",
        "Quelques mots sur vous.",
    ]
    assert read_file(content).introduction == {"fr": "Merci d'avance."}
    assert read_file(content).sections[0].introduction == {"fr": "Quelques mots sur vous."}


def test_what_somebody_corrects_in_the_workbook_is_not_undone():
    definition = asked(
        Question(
            "q1",
            "courriel",
            "email",
            {"fr": "L’adresse ?"},
            may_decline=True,
            commitments=("a1",),
        ),
        Question("q2", "age", "integer", {"fr": "Âge ?"}, minimum=0),
    )
    sheets = {one.name: one.rows for one in xlsform_of(definition, form_id="enquete")}
    label = sheets["survey"][0][1].index("label::Français (fr)")
    constraint = sheets["survey"][0][1].index("constraint")
    sheets["survey"][2][1][label] = "Votre courriel ?"
    sheets["survey"][3][1][constraint] = ". >= 18"

    first, second = read(
        **{name: [row for _n, row in rows] for name, rows in sheets.items()}
    ).questions

    assert first.label == {"fr": "Votre courriel ?"}
    assert (first.kind, first.may_decline, first.commitments) == ("email", True, ("a1",))
    assert second.check == ". >= 18"


def test_a_shared_list_stays_shared():
    survey = [
        ["type", "name", "label"],
        ["select_one oui_non", "a", "A ?"],
        ["select_one oui_non", "b", "B ?"],
    ]
    choices = [["list_name", "name", "label"], ["oui_non", "oui", "Oui"], ["oui_non", "non", "Non"]]

    definition = read(survey=survey, choices=choices)

    assert [row["type"] for row in rows_of(definition)] == ["select_one oui_non"] * 2
    assert len(rows_of(definition, "choices")) == 2


def test_a_list_that_was_changed_for_one_question_is_no_longer_shared():
    survey = [
        ["type", "name", "label"],
        ["select_one oui_non", "a", "A ?"],
        ["select_one oui_non", "b", "B ?"],
    ]
    choices = [["list_name", "name", "label"], ["oui_non", "oui", "Oui"], ["oui_non", "non", "Non"]]
    definition = read(survey=survey, choices=choices)
    [section] = definition.sections
    first, second = section.questions
    longer = (*second.choices, Choice("c9", "bof", {"fr": "Bof"}))
    changed = replace(section, questions=(first, replace(second, choices=longer)))

    types = [row["type"] for row in rows_of(replace(definition, sections=(changed,)))]

    assert types == ["select_one oui_non", "select_one oui_non_2"]


def test_rows_that_are_not_taken_come_back_where_they_stood():
    survey = [
        ["type", "name", "label", "relevant", "calculation"],
        ["start", "debut", None, None, None],
        ["text", "nom", "Nom ?", None, None],
        ["begin_group", "maison", "La maison", None, None],
        ["barcode", "code", "Le code ?", None, None],
        ["text", "rue", "La rue ?", "${code} != ''", None],
        ["calculate", "heure", None, None, "now()"],
        ["end_group", None, None, None, None],
        ["end", "fin", None, None, None],
    ]
    original = workbook(survey=survey)

    content = exported(read_file(original))

    assert pyxform_form(content) == pyxform_form(original)
    assert [item["name"] for item in pyxform_json(content)["children"]][:4] == [
        "debut",
        "nom",
        "maison",
        "fin",
    ]


def test_what_referred_to_a_question_that_was_removed_since_is_left_out():
    survey = [
        ["type", "name", "label", "relevant"],
        ["text", "nom", "Nom ?", None],
        ["barcode", "code", "Le code de ${nom} ?", None],
        ["text", "rue", "Et ${nom} ?", "${code} != ''"],
    ]
    definition = read(survey=survey)
    [section] = definition.sections
    without = replace(section, questions=section.questions[1:])

    content = exported(replace(definition, sections=(without,)))

    [row, _meta] = pyxform_json(content)["children"]
    assert row["name"] == "rue"
    assert row["label"] == "Et $ {nom} ?"
    assert "bind" not in row


def test_every_cell_is_a_text_whatever_it_begins_with(tmp_path):
    definition = asked(Question("q1", "a", "text", {"fr": "=1+1"}))
    path = tmp_path / "a.xlsx"
    path.write_bytes(exported(definition))

    sheet = load_workbook(path)["survey"]

    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_a_note_too_long_for_a_cell_is_put_aside():
    choices = tuple(
        Choice(f"c{number}", f"c{number}", {"fr": f"L’un des {number} choix"}, score=number)
        for number in range(1_000)
    )
    definition = asked(Question("q1", "a", "multiple", {"fr": "Lesquels ?"}, choices=choices))

    content = exported(definition)

    assert without_identities(read_file(content)) == without_identities(definition)


def test_notes_that_say_nonsense_are_passed_over():
    survey = [
        ["type", "name", "label", "maillage"],
        ["text", "a", "A ?", "{"],
        ["text", "b", "B ?", "[1, 2]"],
        ["text", "c", "C ?", '{"differs": {"kind": ["text", "bomb"], "required": [false, 3]}}'],
        ["text", "d", "D ?", '{"differs": {"label": [1], "choices": [[], [3, {"code": 4}]]}}'],
        ["begin_group", "g", "G", '{"as": "matrix", "rows": [1, 2]}'],
        ["text", "e", "E ?", '{"as": "introduction", "rows": 3}'],
        ["end_group", None, None, None],
    ]

    definition = read(survey=survey, maillage=[['{"languages": 3, "loose": 4, "beside": [']])

    assert [question.kind for question in definition.questions] == ["text"] * 5
    assert not any(question.required for question in definition.questions)


def test_the_export_of_an_import_says_nothing_new():
    survey = [["type", "name", "label"], ["text", "a", "A ?"]]

    again = imported(
        **{
            one.name: [row for _number, row in one.rows]
            for one in xlsform_of(read(survey=survey), form_id="enquete")
        }
    )

    assert again.unsupported == ()
    assert in_memory(survey=survey)[0].name == "survey"
