"""LimeSurvey's structures become questionnaires, and what does not is named."""

import pytest

from intranet.spreadsheets import UnreadableWorkbook
from surveys.questionnaires.definition import Definition, Question
from surveys.questionnaires.expressions import problems_of_expressions
from surveys.questionnaires.interchange import Imported, MalformedQuestionnaire
from surveys.questionnaires.limesurvey import is_limesurvey, read
from tests.hostile_workbooks import LAUGHS
from tests.surveys.questionnaires.limesurvey.files import Structure, structure

TICKS = {"SQ001": "Santé", "SQ002": "Transports"}
LEVELS = {"A1": "Peu", "A2": "Beaucoup"}


def imported(survey: Structure) -> Imported:
    return read(survey.bytes())


def questions(definition: Definition) -> dict[str, Question]:
    return {question.code: question for question in definition.questions}


def only(survey: Structure) -> Question:
    found = imported(survey)
    assert found.unsupported == ()
    (question,) = found.definition.questions
    return question


def reasons(found: Imported) -> list[tuple[str, int | None, str]]:
    return [(one.sheet, one.row, one.column) for one in found.unsupported]


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Y", "boolean"),
        ("5", "rating"),
        ("N", "decimal"),
        ("S", "text"),
        ("T", "long_text"),
        ("U", "long_text"),
        ("D", "date"),
        ("X", "statement"),
        ("|", "file"),
    ],
)
def test_a_plain_question_has_its_kind(type_, kind):
    question = only(Structure().ask("Q1", type_, "Vivez-vous <b>ici</b>&nbsp;?", mandatory="N"))

    assert (question.code, question.kind) == ("Q1", kind)
    assert question.label == {"fr": "Vivez-vous ici ?"}
    assert not question.required


@pytest.mark.parametrize(("type_", "appearance"), [("L", ""), ("!", "minimal")])
def test_a_list_keeps_its_codes_its_order_and_its_other(type_, appearance):
    question = only(Structure().ask("Q1", type_, answers=LEVELS, other="Y", mandatory="Y"))

    assert (question.kind, question.appearance) == ("single", appearance)
    assert [(one.code, one.label["fr"]) for one in question.choices] == list(LEVELS.items())
    assert question.has_other
    assert question.required


def test_a_list_with_a_comment_is_a_list_and_the_comment_is_named():
    found = imported(Structure().ask("Q1", "O", answers=LEVELS))

    assert questions(found.definition)["Q1"].kind == "single"
    assert reasons(found) == [("questions", 1, "type")]


def test_several_choices_have_their_bounds_and_the_one_that_goes_alone():
    attributes = {"min_answers": "1", "max_answers": "2", "exclude_all_others": "SQ002"}

    question = only(Structure().ask("Q1", "M", below=TICKS, attributes=attributes, other="Y"))

    assert (question.kind, question.minimum, question.maximum) == ("multiple", 1, 2)
    assert [(one.code, one.exclusive) for one in question.choices] == [
        ("SQ001", False),
        ("SQ002", True),
    ]
    assert question.has_other


@pytest.mark.parametrize("type_", ["F", "H"])
def test_an_array_is_a_matrix(type_):
    question = only(Structure().ask("Q1", type_, below=TICKS, answers=LEVELS))

    assert question.kind == "matrix"
    assert [row.code for row in question.rows] == ["SQ001", "SQ002"]
    assert [choice.code for choice in question.choices] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("type_", "codes", "first"),
    [
        ("A", ["1", "2", "3", "4", "5"], "1"),
        ("B", [str(number) for number in range(1, 11)], "1"),
        ("C", ["Y", "U", "N"], "Oui"),
        ("E", ["I", "S", "D"], "Augmentation"),
    ],
)
def test_an_array_whose_answers_limesurvey_does_not_write_has_them(type_, codes, first):
    question = only(Structure().ask("Q1", type_, below=TICKS))

    assert [choice.code for choice in question.choices] == codes
    assert question.choices[0].label["fr"] == first


def test_a_gender_is_a_list():
    question = only(Structure().ask("Q1", "G"))

    assert [(one.code, one.label["fr"]) for one in question.choices] == [
        ("F", "Féminin"),
        ("M", "Masculin"),
    ]


def test_a_row_whose_code_is_a_figure_is_renamed_and_named():
    found = imported(Structure().ask("Q1", "F", below={"1": "Accueil"}, answers=LEVELS))

    assert questions(found.definition)["Q1"].rows[0].code == "r1"
    assert reasons(found) == [("subquestions", 1, "code")]


def test_two_scales_become_two_tables_and_it_is_said():
    survey = Structure().ask(
        "Q1",
        "1",
        "Jugez",
        below=TICKS,
        answers=LEVELS,
        second_scale={"B1": "Non", "B2": "Oui"},
        attributes={"dualscale_headerA": "Avant", "dualscale_headerB": "Après"},
    )

    found = imported(survey)

    first, second = found.definition.questions
    assert (first.code, second.code) == ("Q1_0", "Q1_1")
    assert (first.label, second.label) == ({"fr": "Jugez (Avant)"}, {"fr": "Jugez (Après)"})
    assert [one.code for one in second.choices] == ["B1", "B2"]
    assert reasons(found) == [("questions", 1, "type")]


def test_a_ranking_keeps_how_many_are_ranked():
    question = only(Structure().ask("Q1", "R", answers=LEVELS, attributes={"max_answers": "1"}))

    assert (question.kind, question.maximum) == ("ranking", 1)


@pytest.mark.parametrize(("type_", "kind"), [("K", "decimal"), ("Q", "text")])
def test_several_answers_below_one_text_are_a_group(type_, kind):
    survey = Structure().ask("Q1", type_, "Combien ?", below=TICKS, relevance="0")

    (section,) = imported(survey).definition.sections

    (group,) = section.groups
    assert (group.code, group.title, group.condition) == ("Q1", {"fr": "Combien ?"}, "false()")
    assert [(one.code, one.kind, one.group) for one in section.questions] == [
        ("Q1_SQ001", kind, group.id),
        ("Q1_SQ002", kind, group.id),
    ]


def test_a_number_has_its_bounds_and_its_unit():
    attributes = {"num_value_int_only": "1", "min_num_value_n": "0", "suffix": "ans"}

    question = only(Structure().ask("Q1", "N", attributes=attributes))

    assert (question.kind, question.minimum, question.unit) == ("integer", 0, {"fr": "ans"})


def test_a_time_is_not_a_date():
    assert only(Structure().ask("Q1", "D", attributes={"date_format": "HH:MM"})).kind == "time"


def test_a_file_says_what_it_may_be():
    attributes = {"allowed_filetypes": "png, jpg"}

    assert only(Structure().ask("Q1", "|", attributes=attributes)).accepts == "image"


def test_an_equation_is_a_computed_value():
    survey = Structure().ask("Q1", "N").ask("Q2", "*", "{Q1.NAOK * 2}")

    question = questions(imported(survey).definition)["Q2"]

    assert (question.kind, question.calculation) == ("computed", "${Q1} * 2")


def test_scores_come_with_the_answers():
    survey = Structure(assessed=True).ask("Q1", "L", answers=LEVELS, scores={"A1": "0", "A2": "3"})

    assert [one.score for one in only(survey).choices] == [0, 3]


def test_sections_keep_their_titles_texts_and_conditions():
    survey = Structure().section("Vous").ask("Q1", "Y").section("Ici", "Q1.NAOK == 'Y'")
    survey.tables["group_l10ns"][1]["description"] = "<p>Parlons d'ici.</p>"

    first, second = imported(survey.ask("Q2", "S")).definition.sections

    assert first.title == {"fr": "Vous"}
    assert second.condition == "${Q1} = 'true'"
    assert second.introduction == {"fr": "Parlons d'ici."}


def test_texts_are_taken_in_every_language():
    survey = Structure("ar", "en").ask("Q1", "L", "Bonjour", answers={"A1": "Oui"})
    key = survey.key_of("Q1")
    survey.say("question", "qid", key, {"ar": "مرحبا", "en": "Hello"}, "question")
    answer = survey.tables["answers"][0]["aid"]
    survey.say("answer", "aid", answer, {"ar": "نعم"}, "answer")

    definition = imported(survey).definition

    (question,) = definition.questions
    assert definition.languages == ("fr", "ar", "en")
    assert definition.title == {"fr": "Titre fr", "ar": "Titre ar", "en": "Titre en"}
    assert question.label == {"fr": "Bonjour", "ar": "مرحبا", "en": "Hello"}
    assert question.choices[0].label == {"fr": "Oui", "ar": "نعم"}


def test_what_limesurvey_wrote_before_its_fourth_version_is_read():
    rows = [
        {"qid": "1", "parent_qid": "0", "gid": "1", "type": "L", "title": "Q1", "question": text,
         "help": "", "language": language, "relevance": "1"}
        for language, text in (("fr", "Bonjour"), ("en", "Hello"))
    ]  # fmt: skip
    answers = [
        {"qid": "1", "code": "A1", "answer": text, "sortorder": "1", "language": language}
        for language, text in (("fr", "Oui"), ("en", "Yes"))
    ]
    groups = [
        {"gid": "1", "group_name": text, "group_order": "0", "language": language}
        for language, text in (("fr", "Vous"), ("en", "You"))
    ]
    content = structure(
        {
            "answers": answers,
            "groups": groups,
            "questions": rows,
            "surveys": [{"language": "fr", "additional_languages": "en"}],
            "surveys_languagesettings": [{"surveyls_language": "fr", "surveyls_title": "Titre"}],
        }
    )

    (section,) = read(content).definition.sections

    assert section.title == {"fr": "Vous", "en": "You"}
    assert section.questions[0].label == {"fr": "Bonjour", "en": "Hello"}
    assert [one.label for one in section.questions[0].choices] == [{"fr": "Oui", "en": "Yes"}]


def test_a_default_is_kept():
    survey = Structure().ask("Q1", "S").ask("Q2", "M", below=TICKS)
    below = survey.tables["subquestions"][1]["qid"]
    survey.tables["defaultvalues"] = [
        {"dvid": "1", "qid": survey.key_of("Q1"), "sqid": "0"},
        {"dvid": "2", "qid": survey.key_of("Q2"), "sqid": below},
    ]
    survey.tables["defaultvalue_l10ns"] = [
        {"dvid": "1", "language": "fr", "defaultvalue": "Lyon"},
        {"dvid": "2", "language": "fr", "defaultvalue": "Y"},
    ]

    found = questions(imported(survey).definition)

    assert (found["Q1"].default, found["Q2"].default) == ("Lyon", "SQ002")


def test_a_check_is_kept_with_its_message():
    attributes = {
        "em_validation_q": "self.NAOK >= 18",
        "em_validation_q_tip": "Dès 18 ans.",
        "maximum_chars": "3",
    }

    question = only(Structure().ask("Q1", "S", attributes=attributes))

    assert question.check == "(. >= 18) and (string-length(.) <= 3)"
    assert question.check_message == {"fr": "Dès 18 ans."}


def test_a_pattern_is_a_check_of_the_whole_text():
    question = only(Structure().ask("Q1", "S", preg=r"/^\d{5}$/"))

    assert question.check == r"regex(., '\d{5}')"


def test_a_link_keeps_its_address_and_a_list_its_lines():
    label = 'Lisez <a href="https://example.org/charte">la charte</a> :<ul><li>un</li><li>deux</li>'

    question = only(Structure().ask("Q1", "X", label))

    assert question.label["fr"].split("\n") == [
        "Lisez la charte (https://example.org/charte) :",
        "- un",
        "",
        "- deux",
    ]


def test_what_is_not_taken_is_named_where_it_stands():
    survey = (
        Structure()
        .section("Vous", randomization_group="tirage")
        .ask("Q1", "Y", "Bonjour {TOKEN:FIRSTNAME} <img src='x.png'>", mandatory="S")
        .ask("Q2", "I")
        .ask("Q3", ";", below=TICKS)
        .ask("Q4", "S", attributes={"array_filter": "Q1"}, relevance="Q1.shown == 1")
    )
    survey.tables["quota"] = [{"id": "1", "name": "Cent femmes"}]
    survey.tables["surveys_languagesettings"][0]["surveyls_endtext"] = "Merci"

    assert sorted(reasons(imported(survey))) == [
        ("groups", 1, "randomization_group"),
        ("question_attributes", 1, "array_filter"),
        ("questions", 1, "mandatory"),
        ("questions", 1, "text"),
        ("questions", 1, "text"),
        ("questions", 2, "type"),
        ("questions", 3, "type"),
        ("questions", 4, "relevance"),
        ("quota", 1, ""),
        ("surveys_languagesettings", 1, "surveyls_endtext"),
    ]


def test_conditions_that_turn_in_circles_are_left_out_and_named():
    survey = Structure().ask("Q1", "Y", relevance="Q2.NAOK=='Y'")
    survey.ask("Q2", "Y", relevance="Q1.NAOK=='Y'")

    found = imported(survey)

    assert problems_of_expressions(found.definition) == []
    assert found.unsupported


@pytest.mark.parametrize(
    ("survey", "table", "row", "column"),
    [
        (Structure().ask("Q1", "S").ask("Q1", "S"), "questions", 2, "title"),
        (Structure().ask("1Q", "S"), "questions", 1, "title"),
        (Structure().ask("Q1", "?"), "questions", 1, "type"),
        (Structure().ask("Q1", "L"), "questions", 1, "type"),
        (Structure().ask("Q1", "F", answers=LEVELS), "questions", 1, "type"),
        (Structure().ask("Q1", "L", answers={"a b": "x"}), "answers", 1, "code"),
    ],
)
def test_a_malformed_structure_is_refused_where_the_fault_is(survey, table, row, column):
    with pytest.raises(MalformedQuestionnaire) as refusal:
        imported(survey)

    problem = refusal.value.problems[0]
    assert (problem.sheet, problem.row, problem.column) == (table, row, column)


@pytest.mark.parametrize(
    "content",
    [
        structure({"questions": []}),
        structure({"questions": [{"qid": "1"}]}, kind="Question"),
        Structure().ask("Q1", "S").bytes()[:-40],
        b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType></wrong>",
        Structure().section("Vide").bytes(),
    ],
)
def test_what_is_no_structure_is_refused(content):
    assert is_limesurvey(content)
    with pytest.raises(MalformedQuestionnaire):
        read(content)


def test_a_billion_laughs_are_refused():
    content = (LAUGHS + "<LimeSurveyDocType>&j;</LimeSurveyDocType>").encode()

    with pytest.raises(UnreadableWorkbook) as refusal:
        read(content)

    assert refusal.value.reason == "xml_bomb"


def test_a_structure_that_is_deep_or_endless_is_refused():
    start = b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
    for content in (start + b"<a>" * 1000, start + b"<a/>" * 600_000):
        with pytest.raises(UnreadableWorkbook):
            read(content)
